import { canonicalJson, sha256Hex } from '@release-runbook/runbook/digest';
import type { StepContext } from './context.ts';
import { Outcome } from './outcome.ts';
import { openSource } from './source.ts';

/** What a release would do: hashed, so that an approval is of this and nothing else. Measurements are no part of it. */
export async function planDigest(
  ctx: StepContext,
  previous: string | null,
): Promise<{ digest: string; commit: string }> {
  const commit = await openSource(ctx.runbook).identify(ctx.version);
  if (commit === undefined)
    throw new Outcome('refuse', 'unknown-version', `version ${ctx.version} is not known here; nothing was changed`, {
      next: 'git fetch --tags, or see `source:` in the runbook',
    });
  const { system, environment, digest: runbook } = ctx.runbook;
  return { digest: digestOf({ system, environment, version: ctx.version, previous, commit, runbook }), commit };
}

export function digestOf(plan: {
  system: string;
  environment: string;
  version: string;
  previous: string | null;
  commit: string;
  runbook: string;
}): string {
  return sha256Hex(canonicalJson(plan));
}
