import { lastLines, runOn } from '@release-runbook/hosts/run';
import type { Hosts } from '@release-runbook/hosts/types';
import type { RouterSpec } from '@release-runbook/runbook/schema/canary';
import type { Run } from '@release-runbook/runbook/schema/common';
import { RunbookError } from '@release-runbook/units/error';
import type { Router } from './types.ts';
import { checkWeights, formatWeights, parseRequests, parseWeights } from './weights.ts';

const timeoutMs = 60_000;

/** A router that is set and asked by the user's own scripts. */
export function commandRouter(
  spec: RouterSpec['command'],
  {
    hosts,
    variables,
    slots,
  }: { hosts: Hosts; variables: Readonly<Record<string, string>>; slots: readonly string[] | undefined },
): Router {
  const ask = async (what: string, run: Run, env: Readonly<Record<string, string>> = {}): Promise<string> => {
    const host = hosts.get(spec.on);
    const result = await runOn(host, run, { env: { ...variables, ...env }, timeoutMs });
    if (result.timedOut)
      throw new RunbookError(`the router's \`${what}\` on host ${spec.on} did not end within ${timeoutMs / 1000} s`);
    if (result.code === 0) return result.stdout;
    throw new RunbookError(
      `the router's \`${what}\` on host ${spec.on} ended with ${result.code}: ${lastLines(result)}`,
    );
  };
  return {
    async set(weights) {
      checkWeights(weights);
      await ask('set', spec.set, { WEIGHTS: formatWeights(weights) });
    },
    async read() {
      return parseWeights(await ask('get', spec.get), slots, "the router's `get`");
    },
    async requests() {
      if (spec.requests === undefined) return undefined;
      return parseRequests(await ask('requests', spec.requests), slots, "the router's `requests`");
    },
  };
}
