import type { Host } from '@release-runbook/hosts/types';
import { RunbookError } from '@release-runbook/units/error';

/** A port of a host on which nobody listens now. */
export async function freePort(host: Host): Promise<number> {
  const found = await host.shell('cat /proc/net/tcp /proc/net/tcp6 2>/dev/null');
  const used = new Set(
    [...found.stdout.matchAll(/^\s*\d+: [0-9A-F]+:([0-9A-F]{4})/gm)].map(([, hex]) =>
      Number.parseInt(hex as string, 16),
    ),
  );
  for (let i = 0; i < 100; i++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (!used.has(port)) return port;
  }
  throw new RunbookError(`host ${host.name} has no free port between 20000 and 32000`);
}
