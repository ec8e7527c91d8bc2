import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, posix } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SshSpec } from '@release-runbook/runbook/schema/hosts';
import { RunbookError } from '@release-runbook/units/error';
import { BOOT, frame, quote } from './agent.ts';
import { unreachable } from './error.ts';
import { forward } from './forward.ts';
import { type Connection, makeHost, type Scope } from './host.ts';
import { type Secrets, sshMaster } from './ssh-master.ts';
import { collector } from './transport.ts';
import type { Host, Transfer } from './types.ts';

/** A host over the system's ssh: batch mode, strict host keys, one multiplexed connection. */
export function sshHost(name: string, spec: SshSpec, scope: Scope, secrets: Secrets): Host {
  const label = `${name} (${spec.ssh})`;
  const master = sshMaster(spec, label, secrets);
  const transport = () => master.start(`sh -c ${quote(BOOT)}`);
  return makeHost(name, spec, scope, {
    kind: 'ssh',
    label,
    transport,
    base: undefined,
    send: (from, to, host, progress) => send(from, to, host, transport, label, progress),
    fetch: (from, to, host, progress) => fetchFile(from, to, host, transport, label, progress),
    forward: (to) => forward(() => master.tunnel(to)),
    close: () => master.close(),
  });
}

const RECEIVE = `
mkdir -p "$(dirname "$RR_FILE")" && rm -rf "$RR_FILE.partial" && cat >"$RR_FILE.partial" && sync "$RR_FILE.partial" 2>/dev/null
[ -e "$RR_FILE.partial" ] || exit 73
sum=$(sha256sum <"$RR_FILE.partial") || exit 73
echo "\${sum%% *}"
`;

async function send(
  from: string,
  to: string,
  host: Host,
  transport: Connection['transport'],
  label: string,
  progress?: (bytes: number) => void,
): Promise<Transfer> {
  const folder = (await stat(from)).isDirectory();
  const tar = folder
    ? spawn('tar', ['-C', dirname(from), '-cf', '-', basename(from)], { stdio: ['ignore', 'pipe', 'inherit'] })
    : undefined;
  const packed = new Promise<number>((resolve) => {
    if (tar === undefined) resolve(0);
    else tar.on('error', () => resolve(127)).on('close', (code) => resolve(code ?? 1));
  });
  const source = tar?.stdout ?? createReadStream(from);
  const meter = hashing(progress);
  const child = await transport();
  const [out, err] = [collector(), collector()];
  child.stdout.on('data', (chunk: Buffer) => out.add(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.add(chunk));
  const ended = new Promise<number>((resolve, reject) =>
    child.on('error', reject).on('close', (code) => resolve(code ?? 1)),
  );
  const program = `RR_FILE=${quote(to)}; umask 077; ${RECEIVE}`;
  child.stdin.write(frame(program));
  await pipeline(source, meter.stream, child.stdin).catch(() => {});
  const code = await ended;
  if (code === 255) throw unreachable(label, err.text(), false);
  const there = out.text().trim();
  // What tar left out would arrive with a good hash.
  if (code !== 0 || there !== meter.result().sha256 || (await packed) !== 0) {
    await host.shell('rm -rf "$RR_FILE.partial"', { env: { RR_FILE: to } });
    throw new RunbookError(
      `host ${label}: ${to} did not arrive whole (${err.text().trim() || 'its hash differs'}); what had arrived was removed`,
      {
        hint: 'free some space on the host and run the same command again',
      },
    );
  }
  const finish = folder
    ? 'mkdir "$RR_FILE.unpacked" && tar -C "$RR_FILE.unpacked" -xf "$RR_FILE.partial" && rm -rf "$RR_FILE" "$RR_FILE.partial" && mv "$RR_FILE.unpacked"/* "$RR_FILE" && rmdir "$RR_FILE.unpacked"'
    : 'mv "$RR_FILE.partial" "$RR_FILE"';
  const done = await host.shell(`umask 077; rm -rf "$RR_FILE.unpacked"; ${finish}`, { env: { RR_FILE: to } });
  if (done.code !== 0) throw new RunbookError(`host ${label}: ${to} could not be put in place: ${done.stderr.trim()}`);
  return meter.result();
}

async function fetchFile(
  from: string,
  to: string,
  host: Host,
  transport: Connection['transport'],
  label: string,
  progress?: (bytes: number) => void,
): Promise<Transfer> {
  await mkdir(dirname(to), { recursive: true });
  const before = await host.shell('sha256sum <"$RR_FILE"', { env: { RR_FILE: from }, timeoutMs: 600_000 });
  if (before.code !== 0) throw new RunbookError(`host ${label}: ${from} cannot be read: ${before.stderr.trim()}`);
  const child = await transport();
  const err = collector();
  child.stderr.on('data', (chunk: Buffer) => err.add(chunk));
  child.stdin.end(frame(`exec cat -- ${quote(posix.normalize(from))}\n`));
  const meter = hashing(progress);
  const partial = `${to}.partial`;
  await pipeline(child.stdout, meter.stream, createWriteStream(partial, { mode: 0o600 }));
  const handle = await open(partial, 'r');
  await handle.sync();
  await handle.close();
  if (before.stdout.slice(0, 64) !== meter.result().sha256) {
    await rm(partial, { force: true });
    throw new RunbookError(
      `host ${label}: ${from} did not arrive whole (${err.text().trim() || 'its hash differs'}); what had arrived was removed`,
    );
  }
  await rename(partial, to);
  return meter.result();
}

function hashing(progress?: (bytes: number) => void): { stream: Transform; result(): Transfer } {
  const hash = createHash('sha256');
  let bytes = 0;
  let done: Transfer | undefined;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk);
      bytes += chunk.length;
      progress?.(bytes);
      next(null, chunk);
    },
  });
  return {
    stream,
    result() {
      done ??= { bytes, sha256: hash.digest('hex') };
      return done;
    },
  };
}
