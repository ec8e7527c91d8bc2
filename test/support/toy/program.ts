import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

let made: Promise<string> | undefined;

/** The runner as one file: it starts quicker, and what is compiled anew meanwhile does not reach it. */
export async function runnerProgram(): Promise<string> {
  made ??= make();
  return made;
}

/** Removes the file again. */
export async function removeRunner(): Promise<void> {
  const file = await made?.catch(() => undefined);
  made = undefined;
  if (file !== undefined) await rm(dirname(file), { recursive: true, force: true });
}

async function make(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'toy-runner-'));
  const bin = (name: string) => join(ROOT, 'node_modules/.bin', name);
  await execute(bin('tsc'), ['-b'], { cwd: ROOT });
  await execute(bin('ncc'), ['build', join(ROOT, 'test/support/toy/runner.mjs'), '--out', folder, '--quiet'], {
    cwd: ROOT,
  });
  return join(folder, 'index.mjs');
}
