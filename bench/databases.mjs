// Backups, their proof, restores and swaps on real servers, against the engines' own programs in the same run.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, progress, result, round } from './measure.mjs';

const engines = {
  mariadb: async () => (await import('../test/support/servers/mysql.ts')).startMariadb(),
  mysql: async () => (await import('../test/support/servers/mysql.ts')).startMysql(),
  postgres: async () => (await import('../test/support/servers/postgres.ts')).startPostgres(),
};

const seconds = async (work) => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

/** The bare tools with the same flags: `dump | zstd` and `zstd -d | restore`, as a careful person types them. */
function bare(server, folder) {
  const { engine, programs, socket, port, admin } = server;
  const run = (script, env = {}) =>
    execFileSync('bash', ['-eo', 'pipefail', '-c', script], {
      env: { PATH: `${programs}:${process.env.PATH}`, HOME: folder, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  if (engine === 'postgres') {
    const env = { PGHOST: socket ?? '127.0.0.1', PGPORT: String(port), PGUSER: admin.user, PGPASSWORD: admin.password };
    return {
      dump: () => run(`pg_dump -w -Fc -Z0 shop | zstd -q -T2 -3 -f -o ${folder}/bare`, env),
      restore: () =>
        run(
          `psql -qw -d postgres -c 'DROP DATABASE IF EXISTS bare' -c 'CREATE DATABASE bare'; zstd -q -d -c ${folder}/bare | pg_restore --exit-on-error --no-owner --no-privileges -d bare`,
          env,
        ),
    };
  }
  const file = join(folder, 'client.cnf');
  const text = admin.password.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  writeFileSync(file, `[client]\nuser=${admin.user}\npassword="${text}"\nsocket=${socket}\n`, { mode: 0o600 });
  const [client, dump, own] =
    engine === 'mysql'
      ? ['mysql', 'mysqldump', '--set-gtid-purged=OFF --column-statistics=0']
      : ['mariadb', 'mariadb-dump', ''];
  return {
    dump: () =>
      run(
        `${dump} --defaults-extra-file=${file} --single-transaction --quick --routines --events --triggers --hex-blob --default-character-set=utf8mb4 --no-tablespaces ${own} shop | zstd -q -T2 -3 -f -o ${folder}/bare`,
      ),
    restore: () =>
      run(
        `${client} --defaults-extra-file=${file} -e 'DROP DATABASE IF EXISTS bare; CREATE DATABASE bare CHARACTER SET utf8mb4'; zstd -q -d -c ${folder}/bare | ${client} --defaults-extra-file=${file} bare`,
      ),
  };
}

async function measure(name, server, { megabytes, repeats }) {
  const { openDatabase } = await import('@release-runbook/databases/open');
  const { openHosts } = await import('@release-runbook/hosts/open');
  const { bulk } = await import('../test/support/servers/data/bulk.ts');
  const folder = mkdtempSync(join(tmpdir(), 'rr-bench-'));
  try {
    await bulk(server, megabytes);
    mkdirSync(join(folder, 'srv'));
    const scope = { system: 'bench', environment: 'production', root: join(folder, 'state') };
    const hosts = await openHosts({ app: { local: true, directory: join(folder, 'srv') } }, scope, process.env);
    const spec = {
      engine: server.engine,
      url: '$DATABASE_URL',
      on: 'app',
      programs: server.programs,
      ...(server.socket === undefined ? {} : { socket: server.socket }),
    };
    const env = { DATABASE_URL: server.url({ account: server.admin }) };
    const database = await openDatabase('main', spec, hosts.get('app'), { env });
    const tool = bare(server, folder);
    const times = { dump: [], restore: [], backup: [], verified: [], load: [], swap: [] };
    let memory = 0;
    const watch = setInterval(() => {
      memory = Math.max(memory, process.memoryUsage.rss());
    }, 100);
    for (let i = 0; i < repeats; i++) {
      progress(`${name}: ${i + 1} of ${repeats}`);
      times.dump.push(await seconds(tool.dump));
      times.restore.push(await seconds(tool.restore));
      let backup;
      const made = await seconds(async () => {
        backup = await database.backup(`main-${i}`);
      });
      times.backup.push(made);
      const proven = await seconds(async () => {
        backup = await database.verify(backup);
      });
      times.verified.push(made + proven);
      if (database.warm !== undefined) {
        times.load.push(await seconds(() => database.warm(backup, `bench-${i}`)));
        times.swap.push(await seconds(() => database.restore(backup, `bench-${i}`)));
      } else times.load.push(await seconds(() => database.restore(backup, `bench-${i}`)));
    }
    clearInterval(watch);
    const tell = (what, value, against) =>
      result('databases', `${name}/${what}`, round(value, 2), 's', against && round(value / against, 2));
    const dump = median(times.dump);
    const restore = median(times.restore);
    tell('bare-dump', dump);
    tell('bare-restore', restore);
    tell('backup', median(times.backup), dump);
    tell('verified', median(times.verified), Math.max(dump, restore));
    tell('restore', median(times.load), restore);
    if (times.swap.length > 0) tell('swap', median(times.swap));
    result('databases', `${name}/memory`, round(memory / 2 ** 20, 0), 'MiB');
    await hosts.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function databases({ megabytes, repeats, engines: wanted }) {
  for (const [name, start] of Object.entries(engines)) {
    if (wanted !== undefined && !wanted.includes(name)) continue;
    const server = await start();
    try {
      await measure(name, server, { megabytes, repeats });
    } finally {
      await server.stop();
    }
  }
}
