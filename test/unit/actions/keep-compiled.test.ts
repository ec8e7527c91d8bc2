import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const source = pathToFileURL(join(process.cwd(), 'actions/keep-compiled.ts')).href;
let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'release-runbook-kept-'));
});
afterEach(() => rmSync(temporary, { recursive: true, force: true }));

/** In a Node of its own: a process that keeps its compiled code cannot stop to. */
function keep(folder: string | undefined): { folder: string | undefined; took: boolean } {
  const program = `
    import { keepCompiled } from ${JSON.stringify(source)};
    import { getCompileCacheDir } from 'node:module';
    const folder = keepCompiled(${JSON.stringify(folder)});
    await import(${JSON.stringify(pathToFileURL(join(process.cwd(), 'bench/measure.mjs')).href)});
    console.log(JSON.stringify({ folder, took: getCompileCacheDir() !== undefined }));`;
  const env = { PATH: process.env.PATH };
  return JSON.parse(
    execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', program], { encoding: 'utf8', env }),
  );
}

const entries = () => readdirSync(join(temporary, 'release-runbook-compiled'), { recursive: true }).length;

test('is kept in the folder of the job, where this user alone may write, and taken from there', () => {
  const first = keep(temporary);
  expect(first.took).toBe(true);
  expect(first.folder).toContain(join(temporary, 'release-runbook-compiled'));
  expect(statSync(join(temporary, 'release-runbook-compiled')).mode & 0o777).toBe(0o700);
  const kept = entries();
  expect(kept).toBeGreaterThan(1);
  expect(keep(temporary).took).toBe(true);
  expect(entries()).toBe(kept);
});

test('is kept nowhere outside of a runner', () => {
  expect(keep(undefined)).toEqual({ took: false });
});

test.each([0o777, 0o770, 0o707, 0o755])('is not taken from a folder with mode %o', (mode) => {
  mkdirSync(join(temporary, 'release-runbook-compiled'));
  chmodSync(join(temporary, 'release-runbook-compiled'), mode);
  expect(keep(temporary)).toEqual({ took: false });
});

test('is not taken through a link', () => {
  mkdirSync(join(temporary, 'elsewhere'), { mode: 0o700 });
  symlinkSync(join(temporary, 'elsewhere'), join(temporary, 'release-runbook-compiled'));
  expect(keep(temporary)).toEqual({ took: false });
});

test('a folder that cannot be made is no error', () => {
  expect(keep('/dev/null/nowhere')).toEqual({ took: false });
});
