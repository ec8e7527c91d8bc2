import type { Host } from '@release-runbook/hosts/types';
import type { MongodbSpec } from '@release-runbook/runbook/schema/databases';
import { RunbookError } from '@release-runbook/units/error';
import { shell } from '../files.ts';

/** Absolute paths on the host. */
export interface Tools {
  readonly dump: string;
  readonly restore: string;
  /** The server program; undefined: there is none. */
  readonly server: { readonly path: string; readonly version: string } | undefined;
}

/** Each program and the first line of its version, separated by a tab; nothing for one that is not there. */
const FIND = `
for name in mongodump mongorestore mongod; do
  path=
  if [ -n "$RR_PROGRAMS" ]; then [ ! -x "$RR_PROGRAMS/$name" ] || path=$RR_PROGRAMS/$name; fi
  [ -n "$path" ] || path=$(command -v "$name") || for d in /usr/bin /usr/local/bin /opt/mongodb/bin; do
    [ ! -x "$d/$name" ] || { path=$d/$name; break; }
  done
  [ -z "$path" ] || printf '%s\\t%s\\t%s\\n' "$name" "$path" "$("$path" --version </dev/null 2>/dev/null | head -n 1)"
done
`;

export async function findTools(name: string, host: Host, spec: MongodbSpec): Promise<Tools> {
  const found = await shell(
    host,
    FIND,
    { RR_PROGRAMS: spec.programs ?? '' },
    `programs cannot be looked for on ${host.name}`,
  );
  const lines = found.split('\n').map((line) => line.split('\t'));
  const pathOf = (program: string) => lines.find(([one]) => one === program)?.slice(1) ?? [];
  const [dump] = pathOf('mongodump');
  const [restore] = pathOf('mongorestore');
  if (dump === undefined || restore === undefined)
    throw new RunbookError(
      `database ${name}: ${[dump === undefined && 'mongodump', restore === undefined && 'mongorestore'].filter(Boolean).join(' and ')} not found on host ${host.name}; nothing was changed`,
      {
        hint: 'install MongoDB Database Tools there (package mongodb-database-tools), or name their folder in `programs:`',
      },
    );
  const [path, text = ''] = pathOf('mongod');
  const version = /^db version v(\S.*)$/.exec(text)?.[1];
  return { dump, restore, server: path === undefined || version === undefined ? undefined : { path, version } };
}

/**
 * The beginning of every script that runs the tools: the URI with the password in a file that only this user reads and that
 * goes with the script (or, after a kill, with the next one).
 */
export const TOOLS = `
umask 077
rr_config=$RR_CONFIG; unset RR_CONFIG
mkdir -p "$RR_STATE" || exit 73
for rr_old in "$RR_STATE"/mongodb-[0-9]*; do
  rr_pid=\${rr_old##*/mongodb-}
  [ ! -d "$rr_old" ] || [ ! -d /proc/self ] || [ -d "/proc/\${rr_pid%%-*}" ] || rm -rf "$rr_old"
done
rr_here=$(mktemp -d "$RR_STATE/mongodb-$$-XXXXXX") || exit 73
trap 'rm -rf "$rr_here"' EXIT
trap 'exit 143' HUP INT TERM
printf '%s' "$rr_config" >"$rr_here/config.yml" || exit 73
unset rr_config
`;
