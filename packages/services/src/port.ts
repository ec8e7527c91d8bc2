import type { Host } from '@release-runbook/hosts/types';
import { RunbookError } from '@release-runbook/units/error';

/** Exit 0 when something listens. The kernel's own tables: no program needed but grep, and no connection made. */
const LISTENS = `
if [ -r /proc/net/tcp ]; then
  hex=$(printf '%04X' "$RR_PORT")
  # One of the two may be missing: a match counts all the same.
  grep -q ": [0-9A-F]*:$hex [0-9A-F]*:0000 0A" /proc/net/tcp /proc/net/tcp6 2>/dev/null
else
  lsof -nP -iTCP:"$RR_PORT" -sTCP:LISTEN >/dev/null 2>&1
fi
`;

/** Whether anything listens on the port of the host. */
export async function listens(host: Host, port: number): Promise<boolean> {
  const options = { env: { RR_PORT: String(port) }, timeoutMs: 20_000, unfenced: true };
  return (await host.shell(LISTENS, options)).code === 0;
}

/**
 * Waits until nothing listens on the port any more.
 * @throws RunbookError: a service started now would not get it, and a health check would ask the wrong program
 */
export async function portFree(host: Host, port: number, what: string, withinMs = 3_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  let pauseMs = 20;
  while (await listens(host, port)) {
    if (performance.now() > deadline) {
      throw new RunbookError(
        `port ${port} on host ${host.name} is held by another program, so ${what} cannot have it`,
        {
          hint: `see which one it is, and end it: ss -ltnp 'sport = :${port}'`,
        },
      );
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    pauseMs = Math.min(100, pauseMs * 2);
  }
}
