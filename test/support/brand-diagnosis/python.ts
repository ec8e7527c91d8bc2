import { existsSync } from 'node:fs';
import { mkdir, rmdir, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { run, runOrFail } from './run.ts';

const REQUIREMENTS = fileURLToPath(
  new URL('../../../examples/brand-diagnosis/versions/v1/requirements.txt', import.meta.url),
);
const STALE_MS = 300_000;

/**
 * Absolute path of a python3 that has flask: of RELEASE_RUNBOOK_VENV, else of a virtual environment under
 * ~/.cache/release-runbook/venv, made here the first time (some 10 s, from the package index).
 */
export async function pythonWithFlask(): Promise<string> {
  const given = process.env.RELEASE_RUNBOOK_VENV;
  const venv = given ? given : join(homedir(), '.cache/release-runbook/venv');
  const python = join(venv, 'bin/python');
  if (given) {
    if ((await run(python, ['-c', 'import flask'])).code !== 0)
      throw new Error(`RELEASE_RUNBOOK_VENV=${given} has no flask: ${python} -m pip install -r ${REQUIREMENTS}`);
    return python;
  }
  const ready = join(venv, 'ready');
  await mkdir(dirname(venv), { recursive: true });
  while (!existsSync(ready)) {
    const lock = `${venv}.lock`;
    if (!(await take(lock))) {
      await sleep(200);
      continue;
    }
    try {
      if (existsSync(ready)) break;
      const make = await run('python3', ['-m', 'venv', '--clear', venv], { timeoutMs: 120_000 });
      if (make.code !== 0)
        throw new Error(`python3 -m venv failed (Debian: apt-get install python3-venv)\n${make.stdout}${make.stderr}`);
      const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS];
      await runOrFail(python, install, { timeoutMs: 240_000 });
      await writeFile(ready, '');
    } finally {
      await rmdir(lock);
    }
  }
  return python;
}

/** A folder as a lock between the workers of a test run; one left behind by a killed run is taken over. */
async function take(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch {
    const held = await stat(lock).catch(() => undefined);
    if (held && Date.now() - held.mtimeMs > STALE_MS) await rmdir(lock).catch(() => undefined);
    return false;
  }
}
