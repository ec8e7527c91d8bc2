import type { Host } from '@release-runbook/hosts/types';
import type { MysqlSpec } from '@release-runbook/runbook/schema/databases';
import { RunbookError } from '@release-runbook/units/error';
import { shell } from '../files.ts';

export type Flavour = MysqlSpec['engine'];

/** The engine's own programs on the host. */
export interface Programs {
  readonly client: string;
  readonly dump: string;
}

const NAMES = {
  mysql: { client: 'mysql', dump: 'mysqldump', server: 'mysqld', install: 'mysql' },
  mariadb: {
    client: 'mariadb mysql',
    dump: 'mariadb-dump mysqldump',
    server: 'mariadbd mysqld',
    install: 'mariadb-install-db mysql_install_db',
  },
} as const;

/** Prints "path<tab>version line" of every program of these names, the named folder first, then PATH, then the usual places. */
const FIND = `
seen=
for d in \${RR_PROGRAMS:+"$RR_PROGRAMS" "$RR_PROGRAMS/../sbin" "$RR_PROGRAMS/../bin" "$RR_PROGRAMS/../libexec" "$RR_PROGRAMS/../scripts"} $(echo "$PATH" | tr ':' ' ') /usr/bin /usr/sbin /usr/local/bin /usr/local/sbin /usr/libexec /usr/local/mysql/bin /opt/mysql/bin; do
  for n in $RR_NAMES; do
    p="$d/$n"
    case "$seen" in *":$p:"*) continue;; esac
    seen="$seen:$p:"
    [ -x "$p" ] && [ ! -d "$p" ] || continue
    case "$n" in *install*) v=installer;; *) v=$("$p" --version 2>/dev/null </dev/null | head -n 1);; esac
    printf '%s\\t%s\\n' "$p" "$v"
  done
done
exit 0`;

interface Found {
  readonly path: string;
  readonly version: readonly [major: number, minor: number] | undefined;
  readonly mariadb: boolean;
}

async function find(host: Host, spec: MysqlSpec, names: string): Promise<readonly Found[]> {
  const text = await shell(
    host,
    FIND,
    { RR_PROGRAMS: spec.programs ?? '', RR_NAMES: names },
    'the programs of the database cannot be looked for',
  );
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [path = '', version = ''] = line.split('\t');
      // "Ver 10.19 Distrib 10.11.19-MariaDB", "from 11.8.2-MariaDB", "Ver 9.7.4-2 for Linux".
      const numbers =
        /(?:Distrib|from) (\d+)\.(\d+)/.exec(version) ?? /Ver (\d+)\.(\d+)\.\d/.exec(version) ?? undefined;
      return {
        path,
        version: numbers === undefined ? undefined : ([Number(numbers[1]), Number(numbers[2])] as const),
        mariadb: /mariadb/i.test(version),
      };
    });
}

const WORD = { mysql: 'MySQL', mariadb: 'MariaDB' } as const;
const PACKAGE = {
  mysql: { client: 'mysql-client', server: 'mysql-server-core' },
  mariadb: { client: 'mariadb-client', server: 'mariadb-server-core' },
} as const;

/** The clients of the engine; any version, to ask the server for its own. */
export async function findClients(name: string, host: Host, spec: MysqlSpec): Promise<Programs> {
  const pick = async (what: 'client' | 'dump'): Promise<string> => {
    const found = await find(host, spec, NAMES[spec.engine][what]);
    const fit = found.find((one) => one.mariadb === (spec.engine === 'mariadb') && one.version !== undefined);
    if (fit !== undefined) return fit.path;
    const others = found.map(({ path }) => path).join(', ');
    throw new RunbookError(
      `database ${name}: ${WORD[spec.engine]}'s ${NAMES[spec.engine][what].split(' ')[0]} was not found on host ${host.name}` +
        `${others === '' ? '' : ` (${others}: of another engine)`}; nothing was changed`,
      {
        hint: `install it there (Debian: apt-get install ${PACKAGE[spec.engine].client}), or name its folder in \`programs:\``,
      },
    );
  };
  const [client, dump] = await Promise.all([pick('client'), pick('dump')]);
  return { client, dump };
}

/** Throws when the dump program is older than the server: it may leave out what it does not know. */
export async function checkAge(
  name: string,
  host: Host,
  spec: MysqlSpec,
  programs: Programs,
  serverVersion: string,
): Promise<void> {
  const server = /^(\d+)\.(\d+)/.exec(serverVersion);
  const own = (await find(host, spec, NAMES[spec.engine].dump)).find(({ path }) => path === programs.dump)?.version;
  if (server === null || own === undefined) return;
  const [major, minor] = [Number(server[1]), Number(server[2])];
  if (own[0] > major || (own[0] === major && own[1] >= minor)) return;
  throw new RunbookError(
    `database ${name}: ${programs.dump} is of version ${own.join('.')} and the server of ${major}.${minor}: it may leave out what it does not know; nothing was changed`,
    {
      hint: `install the client programs of ${WORD[spec.engine]} ${major}.${minor} on host ${host.name}, or name their folder in \`programs:\``,
    },
  );
}

/** The server program of the live server's version, and what makes its data folder. */
export async function findServer(
  name: string,
  host: Host,
  spec: MysqlSpec,
  version: string,
): Promise<{ server: string; install: string }> {
  const wanted = /^(\d+)\.(\d+)/.exec(version);
  const maria = spec.engine === 'mariadb';
  const found = (await find(host, spec, NAMES[spec.engine].server)).filter((one) => one.mariadb === maria);
  const fit = found.find((one) => one.version?.[0] === Number(wanted?.[1]) && one.version?.[1] === Number(wanted?.[2]));
  const series = `${wanted?.[1]}.${wanted?.[2]}`;
  if (fit === undefined)
    throw new RunbookError(
      `database ${name}: no server program of ${WORD[spec.engine]} ${series} on host ${host.name}, so a backup cannot be restored beside the live server` +
        `${found.length === 0 ? '' : ` (there: ${found.map((one) => `${one.path} ${one.version?.join('.')}`).join(', ')})`}; nothing was changed`,
      {
        hint: `install ${PACKAGE[spec.engine].server} of version ${series} there (it need not be started), or name its folder in \`programs:\``,
      },
    );
  if (!maria) return { server: fit.path, install: fit.path };
  const install = (await find(host, spec, NAMES.mariadb.install))[0];
  if (install === undefined)
    throw new RunbookError(
      `database ${name}: mariadb-install-db was not found on host ${host.name}; nothing was changed`,
      {
        hint: `install ${PACKAGE.mariadb.server} there (it need not be started), or name its folder in \`programs:\``,
      },
    );
  return { server: fit.path, install: install.path };
}
