import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, posix } from 'node:path';
import type { Backup } from '@release-runbook/databases/types';
import { Refusal } from '@release-runbook/hosts/error';
import type { Host } from '@release-runbook/hosts/types';
import { RunbookError } from '@release-runbook/units/error';
import { formatSize } from '@release-runbook/units/size';
import type { StepContext } from '../context.ts';
import { hashFile } from './files.ts';
import { type CopySpec, openPlace } from './place.ts';

export type Copy = Backup['copies'][number];

/**
 * Brings a file of a host to every place of `backup.copies`, through the runner, encrypted where the runbook says so, and
 * hashed again where it lies.
 */
export async function copyFile(
  ctx: StepContext,
  host: Host,
  file: { readonly path: string; readonly bytes: number; readonly what: string },
): Promise<readonly Copy[]> {
  const { copies = [], encrypt } = ctx.runbook.backup;
  if (copies.length === 0) return [];
  const folder = await mkdtemp(join(tmpdir(), 'rr-copy-'));
  const report = (what: string) => (bytes: number) =>
    ctx.platform.progress({ what, done: bytes, total: file.bytes, unit: 'bytes' });
  try {
    const plain = join(folder, basename(file.path));
    await host.fetch(file.path, plain, report(`${file.what} from ${host.name}`));
    let local = plain;
    if (encrypt !== undefined) {
      local = `${plain}.age`;
      const { encryptFile } = await import('./age.ts');
      await encryptFile(plain, local, encrypt.age);
      await rm(plain);
    }
    const sent = await hashFile(local);
    const done: Copy[] = [];
    for (const spec of copies) done.push(await putCopy(ctx, spec, { ...file, local, sent, report }));
    return done;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function putCopy(
  ctx: StepContext,
  spec: CopySpec,
  file: {
    readonly what: string;
    readonly local: string;
    readonly sent: { readonly bytes: number; readonly sha256: string };
    readonly report: (what: string) => (bytes: number) => void;
  },
): Promise<Copy> {
  const place = await openPlace(ctx, spec);
  try {
    const { path, bytes, sha256 } = await place.put(
      file.local,
      basename(file.local),
      file.report(`${file.what} to ${place.name}`),
    );
    if (sha256 !== file.sent.sha256)
      throw new RunbookError(
        `the copy of ${file.what} at ${place.name}:${path} has another hash (${sha256.slice(0, 12)}…, ${formatSize(bytes)}) than what was sent (${file.sent.sha256.slice(0, 12)}…, ${formatSize(file.sent.bytes)})`,
        { hint: 'the backup itself is whole; look at the disk of that place' },
      );
    ctx.platform.log(`${file.what}: ${formatSize(bytes)} copied to ${place.name}:${path}, hashed again there`);
    return { place: place.name, path, sha256 };
  } finally {
    await place.close();
  }
}

/**
 * Brings a backup back from one of its copies when it is gone from its host, or is no longer what was written. Returns the
 * place that it came from; throws when no copy could be had, with the reason of each.
 */
export async function recallBackup(ctx: StepContext, host: Host, backup: Backup): Promise<string> {
  const { copies = [] } = ctx.runbook.backup;
  const reasons: string[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'rr-recall-'));
  try {
    for (const spec of copies) {
      const place = await openPlace(ctx, spec);
      try {
        const copy = backup.copies.find((one) => one.place === place.name);
        if (copy === undefined) continue;
        const local = join(folder, basename(copy.path));
        await place.get(copy.path, local, (bytes) =>
          ctx.platform.progress({
            what: `${backup.id} from ${place.name}`,
            done: bytes,
            total: backup.bytes,
            unit: 'bytes',
          }),
        );
        const plain = await opened(ctx, local);
        // Not yet proven: a death before that must not leave it looking so.
        await forgetProof(host, backup);
        const { sha256 } = await hashFile(plain);
        if (sha256 !== backup.sha256) throw new RunbookError(`it has another hash than the backup had`);
        await host.send(plain, backup.path);
        return place.name;
      } catch (error) {
        // Whatever it is (a connection cut in the middle as well), the next place may have it.
        if (error instanceof Refusal) throw error;
        reasons.push(`${place.name}: ${ctx.redact((error as Error).message)}`);
      } finally {
        await place.close();
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  throw new RunbookError(
    reasons.length === 0
      ? `backup ${backup.id} has no copy elsewhere`
      : `no copy of backup ${backup.id} could be brought back: ${reasons.join('; ')}`,
  );
}

/** What is known of a backup, from beside one of its copies; undefined when no place has it. */
export async function recallDescription(
  ctx: StepContext,
  id: string,
  known: readonly Copy[],
): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'rr-recall-'));
  try {
    for (const spec of ctx.runbook.backup.copies ?? []) {
      const place = await openPlace(ctx, spec);
      try {
        const copy = known.find((one) => one.place === place.name);
        if (copy === undefined) continue;
        const end = copy.path.lastIndexOf('/') + 1;
        const local = join(folder, `${id}.json${copy.path.endsWith('.age') ? '.age' : ''}`);
        await place.get(`${copy.path.slice(0, end)}${basename(local)}`, local, () => {});
        return await readFile(await opened(ctx, local), 'utf8');
      } catch (error) {
        // The next place may have it; when none has, what waits for the backup says that it is gone.
        if (!(error instanceof RunbookError)) throw error;
      } finally {
        await place.close();
      }
    }
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The file itself, or what an encrypted one holds. */
async function opened(ctx: StepContext, local: string): Promise<string> {
  if (!local.endsWith('.age')) return local;
  const { encrypt } = ctx.runbook.backup;
  const identity = encrypt?.identity === undefined ? undefined : ctx.secrets[encrypt.identity.slice(1)];
  if (identity === undefined)
    throw new RunbookError(
      `it is encrypted, and ${encrypt?.identity === undefined ? '`backup.encrypt.identity` names no secret' : `the secret ${encrypt.identity} is not set`}`,
    );
  const plain = local.slice(0, -'.age'.length);
  const { decryptFile } = await import('./age.ts');
  await decryptFile(local, plain, identity);
  return plain;
}

/** The description says no more that the backup was proven, until it is again. */
async function forgetProof(host: Host, backup: Backup): Promise<void> {
  const { verified: _, ...rest } = backup;
  await host.write(posix.join(posix.dirname(backup.path), `${backup.id}.json`), `${JSON.stringify(rest, null, 2)}\n`);
}
