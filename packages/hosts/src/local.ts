import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { HostSpec } from '@release-runbook/runbook/schema/hosts';
import { RunbookError } from '@release-runbook/units/error';
import { BOOT } from './agent.ts';
import { direct } from './forward.ts';
import { makeHost, type Scope } from './host.ts';
import { start } from './transport.ts';
import type { Host, Transfer } from './types.ts';

/** Variables that programs on this machine inherit: those of a login. All others are named in the runbook, as for any host. */
const INHERITED = /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR)$/;

/** This machine as a host. */
export function localHost(name: string, spec: HostSpec, scope: Scope): Host {
  const env = Object.fromEntries(
    Object.entries({ HOME: homedir(), ...process.env }).filter(([key]) => INHERITED.test(key)),
  );
  return makeHost(name, spec, scope, {
    kind: 'local',
    label: `${name} (this machine)`,
    transport: async () => start('sh', ['-c', BOOT], env),
    base: process.cwd(),
    send: copy,
    fetch: copy,
    forward: async (to) => direct(to),
    close: async () => {},
  });
}

async function copy(from: string, to: string, _host: Host, progress?: (bytes: number) => void): Promise<Transfer> {
  const partial = `${to}.partial`;
  await mkdir(dirname(to), { recursive: true });
  await rm(partial, { recursive: true, force: true });
  try {
    await cp(from, partial, { recursive: true, preserveTimestamps: true });
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw new RunbookError(`${from} cannot be copied to ${to}: ${(error as Error).message}; nothing was left there`);
  }
  const [before, after] = [await hashTree(from), await hashTree(partial)];
  if (before.sha256 !== after.sha256)
    throw new RunbookError(`${to} differs from ${from} after copying; the copy was not taken`);
  const whole = await stat(partial);
  if (whole.isFile()) {
    const handle = await open(partial, 'r');
    await handle.sync();
    await handle.close();
  } else await rm(to, { recursive: true, force: true });
  await rename(partial, to);
  progress?.(after.bytes);
  return after;
}

async function hashTree(path: string): Promise<Transfer> {
  const hash = createHash('sha256');
  let bytes = 0;
  const visit = async (at: string, label: string): Promise<void> => {
    if ((await stat(at)).isDirectory()) {
      for (const entry of (await readdir(at)).sort()) await visit(join(at, entry), `${label}/${entry}`);
      return;
    }
    if (label !== '') hash.update(`${label}\0`);
    await pipeline(createReadStream(at), async function* (source) {
      for await (const chunk of source) {
        hash.update(chunk as Buffer);
        bytes += (chunk as Buffer).length;
        yield;
      }
    });
  };
  await visit(path, '');
  return { bytes, sha256: hash.digest('hex') };
}
