import type { ProgramResult } from '@release-runbook/hosts/types';
import { RunbookError } from '@release-runbook/units/error';
import { isFull } from '../files.ts';
import { schemaDifference } from '../schema-difference.ts';
import type { Dumped, Place } from '../server/engine.ts';
import { bytesIn, PIPES } from '../server/pipe.ts';
import type { Progress } from '../types.ts';
import { configFile } from './address.ts';
import type { Context } from './client.ts';
import { hintOf } from './errors.ts';
import { members } from './members.ts';
import { BESIDE, MARKER, split } from './names.ts';
import { objects, version } from './objects.ts';
import { TOOLS } from './programs.ts';

/** Dumps and loads of any size end by themselves. */
const LONG_MS = 24 * 3_600_000;

const DUMP = `${TOOLS}${PIPES}
rr_dump "$RR_FILE" "$RR_TOOL" --config="$rr_here/config.yml" --db="$RR_DATABASE" --archive --excludeCollectionsWithPrefix="$RR_BESIDE" --excludeCollection="$RR_MARKER" 2>"$rr_here/err"; rr_code=$?
if [ "$rr_code" -eq 0 ]; then grep 'done dumping' "$rr_here/err" || :; else tail -n 20 "$rr_here/err" >&2; fi
exit "$rr_code"
`;

/** Whatever database the archive is of: its collections go into the one that is named. */
const LOAD = `${TOOLS}${PIPES}
rr_load "$RR_FILE" "$RR_TOOL" --config="$rr_here/config.yml" --archive --objcheck --stopOnError --drop --nsFrom='$db$.$coll$' --nsTo="$RR_TO" 2>"$rr_here/err"; rr_code=$?
[ "$rr_code" -eq 0 ] || tail -n 20 "$rr_here/err" >&2
grep 'document(s) restored successfully' "$rr_here/err" || :
exit "$rr_code"
`;

export async function dump(
  context: Context,
  place: Place,
  file: string,
  progress?: (p: Progress) => void,
): Promise<Dumped> {
  const { database } = split(place);
  const look = (what: string) =>
    context.read(place, what, async (db) => ({
      objects: await objects(db, place),
      version: await version(db),
    }));
  const before = await look('it cannot be dumped');
  const bytes = bytesIn((done) =>
    progress?.({ what: `dump of ${context.name}`, done, total: undefined, unit: 'bytes' }),
  );
  const ended = await context.host.shell(DUMP, {
    env: {
      RR_CONFIG: configFile(place.server),
      RR_TOOL: (await context.tools()).dump,
      RR_FILE: file,
      RR_DATABASE: database,
      RR_BESIDE: BESIDE,
      RR_MARKER: MARKER,
    },
    timeoutMs: LONG_MS,
    onOutput: bytes,
    whole: true,
  });
  if (ended.code !== 0)
    throw failed(
      context,
      place,
      'it cannot be dumped',
      ended,
      'read',
      'the dump is not complete, and the database is as it was',
    );
  const after = await look('it cannot be read after the dump');
  const changed = schemaDifference(before.objects, after.objects);
  if (changed.length > 0)
    throw new RunbookError(
      `database ${context.name} was changed (collections or indexes) while it was dumped: ${changed.slice(0, 5).join('; ')}; the dump is not taken`,
      { hint: 'let migrations and backups not run at once, and run this again' },
    );
  const dumped = new Map(
    [...ended.stdout.matchAll(/done dumping (.+) \((\d+) documents?\)$/gm)].map(([, namespace = '', n]) => [
      namespace.slice(database.length + 1),
      Number(n),
    ]),
  );
  const rows: Record<string, number> = {};
  const collections = before.objects.filter(({ kind }) => kind === 'collection');
  for (const { name } of collections) {
    const n = dumped.get(name);
    if (n === undefined)
      throw new RunbookError(
        `database ${context.name}: mongodump did not say that it dumped the collection ${name}; the dump is not taken`,
      );
    rows[name] = n;
  }
  return {
    objects: before.objects,
    rows,
    serverVersion: before.version,
  };
}

export async function load(
  context: Context,
  file: string,
  place: Place,
  progress?: (p: Progress) => void,
): Promise<void> {
  await dropMembers(context, place);
  const { database, prefix } = split(place);
  const bytes = bytesIn((done) =>
    progress?.({ what: `load of ${context.name}`, done, total: undefined, unit: 'bytes' }),
  );
  const ended = await context.host.shell(LOAD, {
    env: {
      RR_CONFIG: configFile(place.server),
      RR_TOOL: (await context.tools()).restore,
      RR_FILE: file,
      RR_TO: `${escaped(database)}.${escaped(prefix)}$coll$`,
    },
    timeoutMs: LONG_MS,
    onOutput: bytes,
    whole: true,
  });
  if (ended.code !== 0)
    throw failed(
      context,
      place,
      'the dump cannot be loaded',
      ended,
      'readWrite',
      `what was loaded into ${place.database} is not complete`,
    );
  if (!/ 0 document\(s\) failed to restore/.test(ended.stdout))
    throw new RunbookError(
      `database ${context.name}: mongorestore did not say that every document was loaded (${ended.stdout.trim() || 'no last line'}); what was loaded into ${place.database} is not complete`,
    );
}

/** In patterns of namespaces these have a meaning. */
const escaped = (text: string) => text.replaceAll(/[\\*$]/g, '\\$&');

/** Everything of a place goes, the suite's own too. */
export async function dropMembers(context: Context, place: Place): Promise<void> {
  const dropped: string[] = [];
  const state = () =>
    dropped.length === 0
      ? 'nothing was changed'
      : `dropped so far: ${dropped.length} collections (${dropped.slice(0, 5).join(', ')}…); run the same command again`;
  await context.change(
    place,
    `what is in ${place.database} cannot be dropped`,
    async (db) => {
      for (const { name, actual } of await members(db, place)) {
        await db.dropCollection(actual);
        dropped.push(name);
      }
    },
    state,
  );
}

function failed(
  context: Context,
  place: Place,
  what: string,
  ended: ProgramResult,
  role: string,
  state: string,
): RunbookError {
  const lines = ended.stderr
    .trim()
    .split('\n')
    .map((line) => line.replace(/^\S+T\S+\s+/, ''));
  const words =
    lines.findLast((line) => /^Failed: |error/i.test(line))?.replace(/^Failed: /, '') ??
    (ended.timedOut ? 'no end in time' : lines.at(-1) || `exit ${ended.code}`);
  if (isFull(ended.stderr))
    return new RunbookError(`database ${context.name}: ${what}: No space left on device; ${state}`);
  return new RunbookError(`database ${context.name}: ${what}: ${words.slice(0, 600)}; ${state}`, {
    hint: hintOf(new Error(words), place, role),
  });
}
