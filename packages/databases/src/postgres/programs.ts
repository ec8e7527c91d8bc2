import { RunbookError } from '@release-runbook/units/error';
import type { Postgres } from './session.ts';

/** A folder with PostgreSQL's programs on the host. */
export interface Programs {
  readonly folder: string;
  readonly major: number;
  /** `15.18` */
  readonly version: string;
}

/** Folders as Debian, the PostgreSQL project's packages and a build from source have them, then PATH. */
const LIST = `
rr_tell() { # folder program
  [ -x "$1/$2" ] || return 0
  rr_version=$("$1/$2" --version 2>/dev/null) || return 0
  printf '%s\\t%s\\t%s\\n' "$2" "$1" "$rr_version"
}
rr_look() { rr_tell "$1" pg_dump; rr_tell "$1" postgres; }
if [ -n "\${RR_PROGRAMS:-}" ]; then rr_look "$RR_PROGRAMS"; exit 0; fi
for rr_bin in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin /opt/homebrew/opt/postgresql@*/bin; do rr_look "$rr_bin"; done
rr_path=$(command -v pg_dump) && rr_tell "$(dirname "$rr_path")" pg_dump
rr_path=$(command -v postgres) && rr_tell "$(dirname "$rr_path")" postgres
exit 0
`;

async function find(pg: Postgres, program: 'pg_dump' | 'postgres'): Promise<readonly Programs[]> {
  const { stdout } = await pg.host.shell(LIST, {
    env: pg.spec.programs === undefined ? {} : { RR_PROGRAMS: pg.spec.programs },
  });
  return stdout.split('\n').flatMap((line) => {
    const [name, folder = '', text = ''] = line.split('\t');
    const version = /(\d+)(?:\.(\d+))?/.exec(text);
    return name === program && version !== null ? [{ folder, major: Number(version[1]), version: version[0] }] : [];
  });
}

/** pg_dump and pg_restore that fit a server: of its version, else of the next newer one. */
export async function clientPrograms(pg: Postgres, server: string): Promise<Programs> {
  const major = Number.parseInt(server, 10);
  const all = await find(pg, 'pg_dump');
  const fitting = all.filter((one) => one.major >= major).toSorted((a, b) => a.major - b.major);
  if (fitting[0] !== undefined) return fitting[0];
  const found =
    all.length === 0 ? 'there is no pg_dump' : `the newest pg_dump is ${all.map(({ version }) => version).at(-1)}`;
  throw new RunbookError(
    `database ${pg.name}: the server is PostgreSQL ${server}, and on host ${pg.host.name} ${found}; an older one cannot read all of it`,
    { hint: install(pg, `postgresql-client-${major}`) },
  );
}

/** The server program of the live server's version; its minor version may be another, the files are the same. */
export async function serverPrograms(pg: Postgres, server: string): Promise<Programs> {
  const major = Number.parseInt(server, 10);
  const all = await find(pg, 'postgres');
  const found = all.find((one) => one.version === server) ?? all.find((one) => one.major === major);
  if (found !== undefined) return found;
  const others = all.length === 0 ? 'none' : all.map(({ version }) => version).join(', ');
  throw new RunbookError(
    `database ${pg.name}: a copy to verify and rehearse on needs the server program of PostgreSQL ${major} on host ${pg.host.name}, found ${others}; nothing was changed`,
    { hint: `${install(pg, `postgresql-${major}`)}; its own cluster need not run` },
  );
}

function install(pg: Postgres, name: string): string {
  return pg.spec.programs === undefined
    ? `install it there (Debian: apt-get install ${name}), or name its folder in \`programs:\``
    : `\`programs:\` names ${pg.spec.programs}: name the folder of the right version (Debian: apt-get install ${name})`;
}
