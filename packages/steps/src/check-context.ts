import type { CheckContext } from '@release-runbook/checks/types';
import type { Instance } from '@release-runbook/databases/types';
import type { StepContext } from './context.ts';
import type { ReleaseNames } from './migration.ts';
import { openSource } from './source.ts';
import { releaseVariables } from './variables.ts';

/** What checks of this release may ask. `instances`: databases that stand in for the live ones. */
export async function checkContext(
  ctx: StepContext,
  names: ReleaseNames,
  variables: Readonly<Record<string, string>>,
  instances: Readonly<Record<string, Instance>> = {},
  defaultHost: string | undefined = Object.values(ctx.runbook.services)[0]?.on,
): Promise<CheckContext> {
  return {
    hosts: ctx.hosts,
    databases: ctx.databases,
    variables: { ...ctx.secrets, ...releaseVariables(ctx, names), ...variables },
    version: names.version,
    previous: names.previous,
    git: openSource(ctx.runbook).git,
    commitChecks:
      ctx.forge === undefined
        ? undefined
        : (commit) => (ctx.forge as NonNullable<typeof ctx.forge>).commitChecks(commit),
    instances,
    defaultHost,
    signal: ctx.platform.signal,
  };
}
