import { lastLines } from '@release-runbook/hosts/run';
import type { CheckSpecs } from '@release-runbook/runbook/schema/checks';
import { RunbookError } from '@release-runbook/units/error';
import { judged, type Outcome } from './outcome.ts';
import type { CheckContext } from './types.ts';

/** Free space where a path lies on its host (default: the host's directory). */
export async function checkDisk(spec: CheckSpecs['disk'], context: CheckContext): Promise<Outcome> {
  const host = context.hosts.get(spec.on);
  const path = spec.path ?? '.';
  const result = await host.exec(['df', '-Pk', path.startsWith('-') ? `./${path}` : path], {
    env: { LC_ALL: 'C' },
    timeoutMs: 30_000,
  });
  if (result.timedOut)
    throw new RunbookError(`df gave no answer within 30 s on host ${spec.on} (a network disk that hangs?)`);
  const { mounted, free } = parseDf(result.stdout) ?? {};
  if (result.code !== 0 || free === undefined)
    throw new RunbookError(`df on host ${spec.on} ended with ${result.code}: ${lastLines(result)}`);
  const { good, text } = judged(`free at ${mounted} on host ${spec.on}`, free, spec.free);
  return {
    verdict: good ? 'pass' : 'fail',
    text,
    mend: `see what fills it: du -xh --max-depth=2 ${mounted} | sort -h | tail -n 20`,
    measurements: [{ name: 'free', value: free, unit: 'bytes' }],
  };
}

/** The file system of `df -Pk` (one line each, sizes in 1024 bytes; POSIX). */
export function parseDf(text: string): { readonly mounted: string; readonly free: number } | undefined {
  const line = text.trim().split('\n').at(-1) ?? '';
  const found = /\s(\d+)\s+(\d+)\s+(-?\d+)\s+(\d+%|-)\s+(\/.*)$/.exec(line);
  return found === null ? undefined : { mounted: found[5] ?? '/', free: Number(found[3]) * 1024 };
}
