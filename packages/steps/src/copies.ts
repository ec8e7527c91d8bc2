import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, posix } from 'node:path';
import type { Backup, Database } from '@release-runbook/databases/types';
import { sshHost } from '@release-runbook/hosts/ssh';
import type { Host } from '@release-runbook/hosts/types';
import type { BackupCopySpec } from '@release-runbook/runbook/schema/backup';
import { RunbookError } from '@release-runbook/units/error';
import { formatSize } from '@release-runbook/units/size';
import type { StepContext } from './context.ts';

/** Brings a verified backup to another place through the runner, and hashes it again where it lies. */
export async function copyBackup(
  ctx: StepContext,
  database: Database,
  backup: Backup,
  spec: BackupCopySpec,
): Promise<Backup['copies'][number]> {
  const scope = { system: ctx.runbook.system, environment: ctx.runbook.environment };
  const own = 'ssh' in spec ? sshHost('copy', { ssh: spec.ssh }, scope, ctx.env) : undefined;
  const target: Host = own ?? ctx.hosts.get((spec as { on: string }).on);
  const place = 'ssh' in spec ? spec.ssh : spec.on;
  const folder = await mkdtemp(join(tmpdir(), 'rr-copy-'));
  try {
    const local = join(folder, basename(backup.path));
    const report = (what: string) => (bytes: number) =>
      ctx.platform.progress({ what, done: bytes, total: backup.bytes, unit: 'bytes' });
    await database.host.fetch(backup.path, local, report(`${backup.id} from ${database.host.name}`));
    const path = posix.join(spec.directory, basename(backup.path));
    const sent = await target.send(local, path, report(`${backup.id} to ${place}`));
    if (sent.sha256 !== backup.sha256)
      throw new RunbookError(`the copy of ${backup.id} at ${place}:${path} has another hash than the backup`, {
        hint: 'the backup itself is whole; look at the disk of that place',
      });
    ctx.platform.log(`${backup.id}: ${formatSize(sent.bytes)} copied to ${place}:${path}`);
    return { place, path, sha256: sent.sha256 };
  } finally {
    await rm(folder, { recursive: true, force: true });
    await own?.close();
  }
}
