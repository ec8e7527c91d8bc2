import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { processesIn } from '../../support/act/processes.ts';
import { freePort } from '../../support/brand-diagnosis/app.ts';

// A whole release and more, on a machine that has other work to do.
jest.setTimeout(300_000);

const page = fileURLToPath(new URL('../../../docs/one-host.md', import.meta.url));
const program = fileURLToPath(new URL('../../../actions/lib/program.js', import.meta.url));

interface Block {
  readonly language: string;
  readonly text: string;
}

/** Fenced blocks in their order. */
const blocksOf = (text: string): readonly Block[] =>
  [...text.matchAll(/^```(bash|text)\n([\s\S]*?)^```$/gm)].map(([, language = '', body = '']) => ({
    language,
    text: body,
  }));

let home: string;
beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'one-host-')));
  // The clone that the page speaks of; what it starts is the program as it is compiled now.
  await mkdir(join(home, 'release-runbook/dist/cli'), { recursive: true });
  await writeFile(
    join(home, 'release-runbook/dist/cli/index.js'),
    `import(${JSON.stringify(program)}).then(({ run }) => run('cli'));\n`,
  );
  await writeFile(
    join(home, '.gitconfig'),
    '[user]\nname = You\nemail = you@example.com\n[init]\ndefaultBranch = main\n',
  );
});
afterEach(async () => {
  for (const pid of await processesIn(home)) process.kill(pid, 'SIGKILL');
  await rm(home, { recursive: true, force: true });
});

/** Runs the blocks in one shell, as somebody would paste them; gives what each printed. */
async function paste(blocks: readonly string[]): Promise<readonly string[]> {
  const mark = '<<< block >>>';
  const script = blocks.map((block) => `${block}\necho '${mark}'\n`).join('');
  const file = join(home, 'paste.sh');
  await writeFile(file, `set -e\nexec 2>&1\n${script}`);
  const child = spawn('bash', [file], {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text));
  // What it started goes on, and keeps the pipe: the end of the shell is its exit.
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  const parts = out.split(`${mark}\n`);
  expect({ code, parts: parts.length - 1, last: parts.at(-1) }).toEqual({ code: 0, parts: blocks.length, last: '' });
  return parts.slice(0, -1);
}

/** What differs from one machine and time to another. */
const same = (text: string): readonly string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .replace(/\d{4}-\d\d-\d\d /g, '')
        .replace(/\d\d:\d\d:\d\d/g, 'time')
        .replace(/\d{8}T\d{6}Z/g, 'id')
        .replace(/\b[0-9a-f]{64}\b/g, 'digest')
        .replace(/\d+(\.\d+)? (ms|s|min)\b( \d+ s\b)?/g, 'duration')
        .replace(/\d+(\.\d+)? ([kMGT]?B)\b/g, 'size')
        .replace(/ {2,}/g, '  ')
        .trimEnd(),
    );

/** A line "…" of the page stands for any lines. */
function fits(page: readonly string[], printed: readonly string[]): boolean {
  const [first, ...rest] = page;
  if (first === undefined) return printed.length === 0;
  if (first === '…') return printed.some((_, skipped) => fits(rest, printed.slice(skipped))) || fits(rest, []);
  return printed[0] === first && fits(rest, printed.slice(1));
}

test('every command of the page works, and prints what stands there', async () => {
  const text = await readFile(page, 'utf8');
  const blocks = blocksOf(text);
  const port = String(await freePort());
  const commands = blocks
    .filter(({ language }) => language === 'bash')
    .map((block) => block.text.replaceAll('8080', port));
  expect(commands.length).toBeGreaterThan(8);
  const printed = await paste(commands);
  const shown = printed.map((one) => one.replaceAll(port, '8080').replaceAll(home, '/home/you'));
  // RUNBOOK_TEST_UPDATE=1 writes what was printed into the page, to be looked at and shortened by hand.
  if (process.env.RUNBOOK_TEST_UPDATE === '1') {
    let index = -1;
    await writeFile(
      page,
      text.replace(/^```(bash|text)\n([\s\S]*?)^```$/gm, (whole, language: string) => {
        if (language === 'bash') index += 1;
        return language === 'bash' ? whole : `\`\`\`text\n${shown[index]}\`\`\``;
      }),
    );
  }
  let index = -1;
  for (const block of blocks) {
    if (block.language === 'bash') index += 1;
    else {
      const [wanted, found] = [same(block.text), same(shown[index] ?? '')];
      if (!fits(wanted, found)) expect(found).toEqual(wanted);
    }
  }
  // Where the page shows no output, there is none to be surprised by.
  const silent = blocks.flatMap(({ language }, at) =>
    language === 'bash' && blocks[at + 1]?.language !== 'text' ? [at] : [],
  );
  const order = blocks.flatMap(({ language }, at) => (language === 'bash' ? [at] : []));
  for (const at of silent) expect(shown[order.indexOf(at)]).toBe('');
});
