import { posix } from 'node:path';
import { RunbookError } from '@release-runbook/units/error';
import { shell } from '../files.ts';
import type { Place, Scratch, Server } from '../server/engine.ts';
import type { Context } from './client.ts';
import { dropMembers } from './dump.ts';
import { scratchName } from './names.ts';
import { version } from './objects.ts';

/** Ends the server of a folder, if it is that one, and removes all of it. It holds nothing that is not elsewhere. */
const STOP = `
rr_stop_scratch() {
  if [ -s "$RR_FOLDER/pid" ]; then
    read -r rr_pid <"$RR_FOLDER/pid"
    if { tr '\\000' '\\n' <"/proc/$rr_pid/cmdline" || ps -o args= -p "$rr_pid"; } 2>/dev/null | grep -qF -- "$RR_FOLDER/data"; then
      kill -9 "$rr_pid" 2>/dev/null
      rr_i=0; while kill -0 "$rr_pid" 2>/dev/null && [ "$rr_i" -lt 100 ]; do sleep 0.05; rr_i=$((rr_i + 1)); done
    fi
  fi
  rm -rf "$RR_FOLDER"
}
`;

const MAKE = `${STOP}
rr_stop_scratch || exit
mkdir -p "$RR_FOLDER/data" || exit
while :; do
  port=$(( $(od -An -N2 -tu2 /dev/urandom) % 12000 + 20000 ))
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -q "$(printf ':%04X ' "$port")" || break
done
echo "$port"
`;

/** A server's program beside the live one if it is of the same version; else a database of its own on the live server. */
export async function startScratch(context: Context, folder: string): Promise<Scratch> {
  const { live } = context;
  const program = (await context.tools()).server;
  const serverVersion = await context.read(live, 'its version cannot be asked', version);
  return program !== undefined && sameSeries(program.version, serverVersion)
    ? ownServer(context, folder, program.path)
    : ownDatabase(context, folder);
}

/** `7.0.14` and `7.0.5` are of one series; `7.0.77 (FerretDB v2.7.0)` is no mongod's. */
function sameSeries(one: string, other: string): boolean {
  const series = (text: string) => /^(\d+\.\d+)[^ ]*(.*)$/.exec(text)?.slice(1).join('');
  return series(one) === series(other);
}

async function ownServer(context: Context, folder: string, program: string): Promise<Scratch> {
  const { host, live, name } = context;
  const what = `database ${name}: no scratch server can be made in ${folder}`;
  const stop = async () => {
    await shell(
      host,
      `${STOP}rr_stop_scratch`,
      { RR_FOLDER: folder },
      `the scratch server in ${folder} cannot be ended`,
    );
  };
  const port = Number((await shell(host, MAKE, { RR_FOLDER: folder }, what)).trim());
  const log = posix.join(folder, 'log');
  await host.daemon({
    program: [
      program,
      `--dbpath=${posix.join(folder, 'data')}`,
      `--port=${port}`,
      '--bind_ip=127.0.0.1',
      '--nounixsocket',
      '--wiredTigerCacheSizeGB=0.5',
      // Documents that expire would be missed in the comparison.
      '--setParameter=ttlMonitorEnabled=false',
      '--setParameter=diagnosticDataCollectionEnabled=false',
    ],
    directory: folder,
    log,
    pidFile: posix.join(folder, 'pid'),
  });
  const { password: _, parameters, ...rest } = live.server;
  const open: Server = { ...rest, kind: 'scratch', host: '127.0.0.1', port, user: '', password: undefined };
  const server: Server = {
    ...live.server,
    kind: 'scratch',
    host: '127.0.0.1',
    port,
    ...(parameters === undefined ? {} : { parameters: withoutTls(parameters) }),
  };
  try {
    await ready(context, { server: open, database: 'admin' }, folder);
    if (live.server.user !== '') await createUser(context, open, server);
    return { server, stop };
  } catch (error) {
    const said = (await host.read(log).catch(() => undefined))?.trim().split('\n').at(-1);
    await stop();
    if (error instanceof RunbookError && said !== undefined)
      throw new RunbookError(
        `${what}: ${error.message}${said === '' ? '' : `; its log ends with: ${said.slice(0, 300)}`}`,
        { hint: error.hint },
      );
    throw error;
  }
}

function withoutTls(parameters: string): string {
  const kept = new URLSearchParams(parameters);
  for (const key of [...kept.keys()]) if (/^(tls|ssl)/i.test(key)) kept.delete(key);
  return kept.toString();
}

const READY_MS = 120_000;

async function ready(context: Context, place: Place, folder: string): Promise<void> {
  for (const until = Date.now() + READY_MS; ; ) {
    try {
      await context.read(place, 'the scratch server does not answer', (db) => db.command({ ping: 1 }));
      return;
    } catch (error) {
      const alive = await context.host.shell('read -r pid <"$RR_FOLDER/pid" && kill -0 "$pid"', {
        env: { RR_FOLDER: folder },
      });
      if (alive.code !== 0 || Date.now() > until) throw error;
    }
  }
}

/** So that in a URL only the address changes. The server asks nobody: it is reached from its host alone. */
async function createUser(context: Context, open: Server, server: Server): Promise<void> {
  const source = new URLSearchParams(server.parameters ?? '').get('authSource') ?? 'admin';
  await context.change({ server: open, database: source }, 'the scratch server has no user', async (db) => {
    await db.command({ createUser: server.user, pwd: server.password ?? '', roles: [{ role: 'root', db: 'admin' }] });
  });
}

/** On the same server, under a name that comes from the folder: a later run finds what a dead one left. */
async function ownDatabase(context: Context, folder: string): Promise<Scratch> {
  const { live } = context;
  const database = scratchName(live.database, folder);
  const place: Place = { server: live.server, database };
  const stop = async () => {
    await dropMembers(context, place);
    // Without this right an empty database stays, which is no more than a name.
    await context.change(place, 'it cannot be dropped', async (db) => {
      await db.dropDatabase().catch(() => {});
    });
  };
  await stop();
  return { server: live.server, database, stop };
}
