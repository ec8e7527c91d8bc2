// The suite's own cost: the demo's good release, against a bash script that does the same work on an equal system, with the
// same programs, the same rehearsal and the same waits, and keeps no record and has no way back.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { buildSystem, endSystem, runbook } from '../examples/demo/program/system.mjs';
import { startTraffic } from '../examples/demo/program/traffic.mjs';
import { chooseLibrary } from '../examples/demo/sqlite.mjs';
import { median, progress, result, round } from './measure.mjs';

const script = fileURLToPath(new URL('release.sh', import.meta.url));
const sql = fileURLToPath(new URL('sql.mjs', import.meta.url));

export async function overhead({ repeats }) {
  process.env.SQLITE_LIBRARY = await chooseLibrary();
  const seconds = { release: [], script: [] };
  for (let i = 0; i < repeats; i++) {
    // In turn, so that what disturbs the machine disturbs both.
    seconds.script.push(await timed('script', runScript));
    seconds.release.push(await timed('release', runRelease));
    progress(
      `overhead: ${i + 1} of ${repeats}: script ${round(seconds.script.at(-1), 2)} s, release ${round(seconds.release.at(-1), 2)} s`,
    );
  }
  const [own, plain] = [median(seconds.release), median(seconds.script)];
  result('overhead', 'bash script', round(plain, 2), 's', 1);
  result('overhead', 'release', round(own, 2), 's', round(own / plain, 2));
  result('overhead', 'difference', round(own - plain, 2), 's');
}

async function timed(name, work) {
  const system = { children: [] };
  let traffic;
  const lines = [];
  try {
    await buildSystem(system);
    traffic = startTraffic(system.url);
    const began = performance.now();
    const code = await work(system, (line) => lines.push(line));
    const took = (performance.now() - began) / 1000;
    if (code !== 0) throw new Error(`the ${name} ended with ${code}\n${lines.slice(-20).join('\n')}`);
    return took;
  } finally {
    await traffic?.stop();
    await endSystem(system, false);
  }
}

const runRelease = async (system, onLine) =>
  (await runbook(system, ['release', 'v1.1.0', '--yes', '--locale', 'en'], onLine)).code;

async function runScript(system, onLine) {
  const { blue, green } = system.ports;
  const env = {
    ...system.env,
    ROUTER: system.url,
    ROOT: system.root,
    SQL: sql,
    BLUE_PORT: String(blue),
    GREEN_PORT: String(green),
    VERSION: 'v1.1.0',
    PREVIOUS_VERSION: 'v1.0.0',
  };
  const child = spawn('bash', [script], { cwd: system.root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  // The group holds what the script has started; it is ended with the system.
  system.children.push(child);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => onLine(text.trimEnd()));
  }
  const [code] = await once(child, 'exit');
  return code;
}
