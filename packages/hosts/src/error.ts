import { posix } from 'node:path';
import { RunbookError, type RunbookErrorOptions } from '@release-runbook/units/error';

/** What a host lacked. Steps tell it by a reason of its own, for machines. */
export class HostError extends RunbookError {
  override readonly name = 'HostError';
  readonly lack: 'unreachable' | 'no-space';

  constructor(lack: 'unreachable' | 'no-space', message: string, options: RunbookErrorOptions = {}) {
    super(message, options);
    this.lack = lack;
  }
}

/** A host or the record refused an append or a start: another writer, another holder of the lock, a newer epoch. */
export class Refusal extends RunbookError {
  readonly why: 'conflict' | 'lock' | 'epoch';

  constructor(why: 'conflict' | 'lock' | 'epoch', place: string) {
    const texts = {
      conflict: "another writer has appended to this release's record meanwhile",
      lock: 'the lock of this environment is no longer held by this run',
      epoch: 'the lock of this environment was taken over by a newer run',
    };
    super(`${texts[why]} (${place}); this run has stopped, and changes nothing more`, {
      hint: '`runbook status` shows who holds the environment and what was done',
    });
    this.why = why;
  }
}

/** Whether the words on standard error are ssh's own, of a connection that could not be made or broke. */
export function isConnectionError(stderr: string): boolean {
  return /^(ssh: |ssh_exchange|kex_exchange|mux_client|Host key verification failed|.*Permission denied \(|Connection (closed|reset|timed out|refused)|client_loop: )/m.test(
    stderr,
  );
}

export function unreachable(label: string, stderr: string, timedOut: boolean): HostError {
  const said = stderr.trim().split('\n').at(-1) ?? '';
  const hint = /Host key verification/.test(stderr)
    ? "put the host's key into known_hosts (`ssh-keyscan -H HOST`, compare it with the host's own), or name a secret in `known-hosts:`"
    : /Permission denied/.test(stderr)
      ? "name the key in `key: $SECRET`, or add it to the host's authorized_keys"
      : 'try the same by hand: ssh -o BatchMode=yes USER@HOST true';
  return new HostError(
    'unreachable',
    `host ${label} cannot be reached: ${timedOut ? 'no answer in time' : said || 'ssh ended without a word'}; nothing was started there`,
    { hint },
  );
}

export function noSpace(label: string, path: string): HostError {
  return new HostError(
    'no-space',
    `host ${label}: no space left, or not writable, at ${path}; the change was not started`,
    {
      hint: `free some space there (df -h ${posix.dirname(path)}) and run the same command again`,
    },
  );
}
