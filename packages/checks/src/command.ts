import { lastLines, runOn } from '@release-runbook/hosts/run';
import type { CheckSpecs } from '@release-runbook/runbook/schema/checks';
import { namesIn } from '@release-runbook/runbook/substitute';
import { formatDuration } from '@release-runbook/units/duration';
import { filler, type Outcome, shown } from './outcome.ts';
import type { CheckContext } from './types.ts';

const given = ['VERSION', 'PREVIOUS_VERSION', 'RELEASE', 'TRACK', 'PORT', 'SLOT'];

/** A program or script of the user's own: passes when it exits 0, and prints `contains` where that is asked. */
export async function checkCommand(spec: CheckSpecs['command'], context: CheckContext): Promise<Outcome> {
  const timeoutMs = spec.timeout ?? 60_000;
  // Secrets only to scripts that name them.
  const named = new Set([...given, ...namesIn(typeof spec.run === 'string' ? spec.run : spec.run.join('\n'))]);
  const env = Object.fromEntries(Object.entries(context.variables).filter(([name]) => named.has(name)));
  const program = typeof spec.run === 'string' ? spec.run : [...spec.run];
  const result = await runOn(context.hosts.get(spec.on), program, { env, timeoutMs });
  const measurements = [{ name: 'time', value: result.ms, unit: 'ms' }];
  if (result.timedOut)
    return {
      verdict: 'error',
      text: `could not be judged: it did not end within ${formatDuration(timeoutMs)} on host ${spec.on}`,
      measurements,
    };
  if (result.code !== 0) {
    const last = lastLines(result, 1);
    return {
      verdict: 'fail',
      text: `ended with ${result.code} on host ${spec.on}${last === '' ? '' : `: ${last}`}`,
      mend: 'run it by hand on the host, in its directory',
      measurements,
    };
  }
  const wanted = spec.contains === undefined ? undefined : filler(context.variables).fill(spec.contains);
  if (wanted !== undefined && !result.stdout.includes(wanted)) {
    return {
      verdict: 'fail',
      text: `printed ${shown(lastLines({ stdout: result.stdout, stderr: '' }, 1))}, expected ${shown(spec.contains)} in it`,
      measurements,
    };
  }
  return { verdict: 'pass', text: `ended with 0 in ${formatDuration(result.ms)}`, measurements };
}
