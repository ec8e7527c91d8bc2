import { posix } from 'node:path';
import { RunbookError } from '@release-runbook/units/error';
import { safeName } from '../backup-files.ts';
import { fingerprint, needSpace, sizeOf } from '../files.ts';
import type { Backup } from '../types.ts';
import { checkContent, journalOf } from './backup.ts';
import type { Context } from './context.ts';
import { copyCold, holders, journalMode } from './files.ts';

/**
 * Loads the backup beside the live database, checks it, then swaps by two renames. What a death leaves is read from the
 * names, and from a note of the new file's inode: the live name carries the old file, none, or that inode.
 */
export async function restore(
  context: Context,
  backup: Backup,
  label: string,
): Promise<{ rescue: string | undefined }> {
  const { host, client } = context;
  const live = await context.path();
  const rescue = `${live}.rescue-${safeName(label, 'rescue')}`;
  const fresh = `${live}.restoring`;
  const noteFile = posix.join(await context.directory(), 'restores', `${label}.json`);
  const noted = await readNote(context, noteFile);
  const found = await look(context, live, rescue);
  if (noted !== undefined && found.live === noted.inode) {
    if (noted.backup !== backup.id)
      throw new RunbookError(
        `restore ${label} of database ${context.name} already put backup ${noted.backup} back, not ${backup.id}; nothing was changed`,
        { hint: 'give this restore a label of its own' },
      );
    return { rescue: found.rescue === undefined ? undefined : rescue };
  }
  if (found.live !== undefined && found.rescue !== undefined)
    throw new RunbookError(
      `database ${context.name}: the rescue ${rescue} is there, and ${live} is neither the file it was taken from nor a restored one; nothing was changed`,
      {
        hint: `an application has probably made a new file after the restore began: stop it, look at ${live}, move it away, then run this again`,
      },
    );

  await context.files.checkFile(backup);
  await refuseHolders(context, found.live === undefined ? rescue : live);
  const ready = await warmPath(context, label);
  if ((await fingerprint(host, ready))?.sha256 === backup.sha256) {
    await host.shell('mv "$RR_READY" "$RR_FRESH"', { env: { RR_READY: ready, RR_FRESH: fresh } });
  } else {
    await needSpace(host, posix.dirname(live), backup.bytes + MARGIN, `restoring backup ${backup.id}`);
    await copyCold(host, backup.path, fresh);
    await checkContent(context, backup, fresh);
  }
  const journal =
    (await journalMode(host, found.live === undefined ? rescue : live)) ??
    (await journalOf(context, backup)) ??
    'delete';
  if (journal === 'wal') await client.run(fresh, { steps: [{ sql: 'PRAGMA journal_mode = WAL' }] });

  // Folding the WAL in makes the rescue one file. Where that is not possible (the file is damaged), the WAL moves along.
  if (found.live !== undefined && (await sizeOf(host, `${live}-wal`)) > 0)
    await client.run(live, { steps: [{ sql: 'PRAGMA wal_checkpoint(TRUNCATE)' }] }).catch(() => undefined);
  const { live: inode } = await look(context, fresh, rescue);
  await host.write(noteFile, `${JSON.stringify({ inode, backup: backup.id, rescue, at: new Date().toISOString() })}\n`);
  await swap(context, live, rescue, fresh);
  const after = await look(context, live, rescue);
  return { rescue: after.rescue === undefined ? undefined : rescue };
}

const MARGIN = 1024 * 1024;

/** Where a checked copy of a backup waits for the swap. */
export async function warmPath(context: Context, label: string): Promise<string> {
  return `${await context.path()}.warm-${safeName(label, 'copy')}`;
}

/** A checked copy of the backup beside the live file; `restore` of the same label takes it when its hash is still the backup's. */
export async function warm(context: Context, backup: Backup, label: string): Promise<void> {
  const { host } = context;
  const path = await warmPath(context, label);
  await context.files.checkFile(backup);
  await needSpace(host, posix.dirname(path), backup.bytes + MARGIN, `keeping backup ${backup.id} warm`);
  await copyCold(host, backup.path, path);
  await checkContent(context, backup, path);
}

async function refuseHolders(context: Context, file: string): Promise<void> {
  const open = await holders(context.host, file);
  if (open.length === 0) return;
  const list = open.map(({ pid, program }) => (pid === 0 ? program : `${pid} (${program})`)).join(', ');
  throw new RunbookError(
    `database ${context.name} cannot be swapped while processes have ${file} open: ${list}; they would go on writing into the rescue; nothing was changed`,
    {
      hint: 'stop these processes (the services of this database), then run this again',
    },
  );
}

async function readNote(context: Context, file: string): Promise<{ inode: string; backup: string } | undefined> {
  const text = await context.host.read(file);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as { inode: string; backup: string });
  } catch {
    return undefined;
  }
}

const LOOK = `
for f in "$RR_LIVE" "$RR_RESCUE"; do
  if [ -e "$f" ]; then ls -di "$f" | sed 's/^ *//; s/ .*//'; else echo -; fi
done`;

/** Inodes. */
async function look(
  context: Context,
  live: string,
  rescue: string,
): Promise<{ live: string | undefined; rescue: string | undefined }> {
  const ended = await context.host.shell(LOOK, { env: { RR_LIVE: live, RR_RESCUE: rescue } });
  const [first, second] = ended.stdout.split('\n');
  const inode = (text: string | undefined) => (text !== undefined && /^\d+$/.test(text) ? text : undefined);
  if (ended.code !== 0 || !first || !second)
    throw new RunbookError(`database ${context.name}: ${live} cannot be looked at: ${ended.stderr.trim()}`);
  return { live: inode(first), rescue: inode(second) };
}

/**
 * Exit 75: owner cannot be given. Order: the main file leaves first, its journals after it, and only a name without any
 * journal beside it receives the new file; so no journal is ever applied to a file it does not belong to.
 */
const SWAP = `
set -eu
mode() { stat -c %a "$1" 2>/dev/null || stat -f %Lp "$1"; }
owner() { stat -c %u:%g "$1" 2>/dev/null || stat -f %u:%g "$1"; }
folder=$(dirname "$RR_LIVE")
like=$RR_LIVE; [ -e "$like" ] || like=$RR_RESCUE
if [ -e "$like" ]; then
  [ "$(owner "$like")" = "$(owner "$RR_FRESH")" ] || chown "$(owner "$like")" "$RR_FRESH" || exit 75
  chmod "$(mode "$like")" "$RR_FRESH"
fi
rm -f "$RR_FRESH-wal" "$RR_FRESH-shm" "$RR_FRESH-journal"
sync "$RR_FRESH"
if [ -e "$RR_LIVE" ]; then mv "$RR_LIVE" "$RR_RESCUE"; fi
for end in -wal -shm -journal; do
  if [ -e "$RR_LIVE$end" ]; then
    if [ -e "$RR_RESCUE" ]; then mv "$RR_LIVE$end" "$RR_RESCUE$end"; else rm -f "$RR_LIVE$end"; fi
  fi
done
# node-sqlite3-wasm locks by an empty folder, which a killed program leaves behind.
if [ -d "$RR_LIVE.lock" ]; then rmdir "$RR_LIVE.lock"; fi
sync "$folder"
mv "$RR_FRESH" "$RR_LIVE"
sync "$folder"
`;

async function swap(context: Context, live: string, rescue: string, fresh: string): Promise<void> {
  const ended = await context.host.shell(SWAP, { env: { RR_LIVE: live, RR_RESCUE: rescue, RR_FRESH: fresh } });
  if (ended.code === 0) return;
  if (ended.code === 75)
    throw new RunbookError(
      `database ${context.name}: the restored file cannot be given the owner of ${live}: ${ended.stderr.trim()}; ${live} was not touched`,
      { hint: `run as the file's owner or as root` },
    );
  throw new RunbookError(`database ${context.name}: swapping ${fresh} and ${live} failed: ${ended.stderr.trim()}`, {
    hint: `run this again; whatever happened, the database of before is ${live} or ${rescue}`,
  });
}
