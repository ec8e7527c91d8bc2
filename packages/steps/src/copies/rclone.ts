import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHere } from '@release-runbook/hosts/runner';
import { RunbookError } from '@release-runbook/units/error';
import { hashFile } from './files.ts';
import type { CopyPlace, CopySpec } from './place.ts';

/** A remote of rclone: every store that it speaks to, by the configuration that the team has already. */
export async function rclonePlace(
  spec: Extract<CopySpec, { rclone: string }>,
  secrets: Readonly<Record<string, string>>,
): Promise<CopyPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'rr-rclone-'));
  const config = spec.config === undefined ? undefined : join(folder, 'rclone.conf');
  if (config !== undefined) {
    const text = secrets[(spec.config as string).slice(1)];
    if (text === undefined) throw new RunbookError(`the secret ${spec.config} of the copies is not set`);
    await writeFile(config, text, { mode: 0o600 });
  }
  const rclone = async (args: readonly string[], what: string): Promise<string> => {
    const own = config === undefined ? [] : ['--config', config];
    const { code, stdout, stderr } = await runHere('rclone', [...own, '--retries', '3', ...args]).catch(() => ({
      code: 127,
      stdout: '',
      stderr: 'rclone is not installed here',
    }));
    if (code === 0) return stdout;
    throw new RunbookError(
      `${spec.rclone}: ${what} failed: ${stderr.trim().split('\n').at(-1)}; the backup itself is whole where it was made`,
      {
        hint:
          code === 127
            ? 'install rclone on the runner: https://rclone.org/install/'
            : `try by hand: rclone lsf ${spec.rclone}`,
      },
    );
  };
  const place = spec.rclone.replace(/\/$/, '');
  const join_ = (file: string) => (place.endsWith(':') ? `${place}${file}` : `${place}/${file}`);
  return {
    name: place,
    async put(local, file) {
      const target = join_(file);
      await rclone(['copyto', local, target], `the copy of ${file}`);
      const back = join(folder, 'back');
      try {
        await rclone(['copyto', target, back], `reading ${file} back`);
        return { path: target, ...(await hashFile(back)) };
      } finally {
        await rm(back, { force: true });
      }
    },
    async get(path, local) {
      await rclone(['copyto', path, local], `the download of ${path}`);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
