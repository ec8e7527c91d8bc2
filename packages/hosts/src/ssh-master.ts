import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { SshSpec } from '@release-runbook/runbook/schema/hosts';
import { RunbookError } from '@release-runbook/units/error';
import { giveSecret } from '@release-runbook/units/secret';
import { unreachable } from './error.ts';
import type { Address } from './forward.ts';
import { start } from './transport.ts';

/** The values of the secrets that a runbook names, by name without `$`. */
export type Secrets = Readonly<Record<string, string | undefined>>;

/** The one connection to a host, which all calls share. */
export interface SshMaster {
  /** Starts a command on the host. Throws RunbookError when it cannot be reached. */
  start(command: string): Promise<ReturnType<typeof start>>;
  /** Connects to an address as the host sees it; its bytes are the standard input and output. Throws as `start` does. */
  tunnel(to: Address): Promise<ReturnType<typeof start>>;
  close(): Promise<void>;
}

/** Seconds after which a connection that nobody uses ends by itself. */
const PERSIST_S = 60;

/**
 * Keeps the connection as long as standard input is open, that is as long as the runner lives, and removes all that was there
 * for it. Key and known hosts come by standard input, each up to a line with a dot, and are there only until it stands.
 */
const KEEP = `
umask 077; trap "" PIPE
for file in key known_hosts; do
  while IFS= read -r line && [ "$line" != . ]; do printf '%s\\n' "$line"; done >"$RR_FOLDER/$file"
done
ssh "$@" </dev/null >/dev/null
code=$?
rm -f "$RR_FOLDER/key" "$RR_FOLDER/known_hosts"
[ "$code" -ne 0 ] || { echo up 2>/dev/null; read -r line; }
ssh -F /dev/null -S "$RR_FOLDER/s" -O exit host >/dev/null 2>&1
rm -rf "$RR_FOLDER"
exit "$code"
`;

interface Link {
  readonly folder: string;
  end(): Promise<void>;
}

export function sshMaster(spec: SshSpec, label: string, secrets: Secrets): SshMaster {
  let link: Promise<Link> | undefined;
  let running = 0;
  let idleSince = 0;
  let doubted = false;
  const own = spec.config === undefined ? [] : ['-F', spec.config];

  const stands = async ({ folder }: Link): Promise<boolean> => {
    if (!existsSync(join(folder, 's'))) return false;
    // Just about to end by itself.
    if (running === 0 && performance.now() - idleSince > (PERSIST_S - 10) * 1000) return false;
    if (!doubted) return true;
    return await new Promise((resolve) =>
      spawn('ssh', ['-F', '/dev/null', '-S', join(folder, 's'), '-O', 'check', 'host'], { stdio: 'ignore' })
        .on('error', () => resolve(false))
        .on('close', (code) => resolve(code === 0)),
    );
  };
  const linked = async (): Promise<Link> => {
    const known = link;
    const old = await known?.catch(() => undefined);
    if (old !== undefined && !(await stands(old)) && link === known) {
      link = undefined;
      old.end().catch(() => {});
    }
    doubted = false;
    link ??= connect(spec, label, secrets, own);
    const made = link;
    made.catch(() => {
      if (link === made) link = undefined;
    });
    return await made;
  };

  const call = async (args: readonly string[]) => {
    const { folder } = await linked();
    // Without its master a call would connect by itself, with other keys: the proxy that fails keeps it from that.
    const options = ['-T', ...own, '-S', join(folder, 's'), ...set('ControlMaster=no'), ...set('ProxyCommand=false')];
    const child = start('ssh', [...options, ...args], process.env);
    running++;
    child.once('close', (code) => {
      running--;
      idleSince = performance.now();
      doubted ||= code === 255;
    });
    return child;
  };

  return {
    start: (command) => call([spec.ssh, command]),
    tunnel: ({ host, port }) => call(['-W', `${host.includes(':') ? `[${host}]` : host}:${port}`, spec.ssh]),
    async close() {
      const ended = link;
      link = undefined;
      await (await ended?.catch(() => undefined))?.end();
    },
  };
}

const set = (option: string) => ['-o', option];

/** A socket's path may have 104 bytes: the folder's name is short. */
async function connect(spec: SshSpec, label: string, secrets: Secrets, own: readonly string[]): Promise<Link> {
  const values = [spec.key, spec['known-hosts']].map((named) =>
    named === undefined ? '' : valueOf(named, label, secrets),
  );
  const folder = await mkdtemp('/tmp/rr-');
  const options = [
    '-N',
    ...own,
    ...(spec.port === undefined ? [] : ['-p', String(spec.port)]),
    ...(spec.key === undefined ? [] : ['-i', join(folder, 'key'), ...set('IdentitiesOnly=yes')]),
    ...(spec['known-hosts'] === undefined ? [] : set(`UserKnownHostsFile=${join(folder, 'known_hosts')}`)),
    ...set('BatchMode=yes'),
    ...set('StrictHostKeyChecking=yes'),
    ...set('ConnectTimeout=10'),
    ...set('ServerAliveInterval=10'),
    ...set('ServerAliveCountMax=3'),
    ...set('ControlMaster=yes'),
    ...set(`ControlPath=${join(folder, 's')}`),
    ...set(`ControlPersist=${PERSIST_S}`),
  ];
  const keeper = start('sh', ['-c', KEEP, 'sh', ...options, spec.ssh], { ...process.env, RR_FOLDER: folder });
  keeper.stdin.on('error', () => {});
  keeper.stdin.write(values.map((value) => `${value}\n.\n`).join(''));
  let said = '';
  keeper.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  // Not `close`: an older ssh goes into the background with standard error open.
  const ended = new Promise<number>((resolve, reject) =>
    keeper.once('error', reject).once('exit', (code) => resolve(code ?? 1)),
  );
  const up = new Promise<undefined>((resolve) => keeper.stdout.once('data', () => resolve(undefined)));
  const code = await Promise.race([up, ended]);
  if (code !== undefined) throw unreachable(label, said, false);
  // It must not keep this process from ending, which ends it.
  for (const one of [keeper, keeper.stdin, keeper.stdout, keeper.stderr]) (one as unknown as Socket).unref();
  return {
    folder,
    async end() {
      keeper.ref();
      keeper.stdin.end();
      await ended;
    },
  };
}

function valueOf(named: string, label: string, secrets: Secrets): string {
  const value = secrets[named.slice(1)];
  if (value === undefined || value === '')
    throw new RunbookError(
      `host ${label}: the secret ${named} is not in this step's environment; nothing was started`,
      {
        hint: giveSecret(named.slice(1)),
      },
    );
  return value;
}
