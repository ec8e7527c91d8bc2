import type { StepContext } from './context.ts';
import { tracksNow } from './environment.ts';

export interface Tracks {
  readonly stable: string;
  readonly canary: string;
}

/** What scripts, checks and services are told of a release. */
export function releaseVariables(
  ctx: StepContext,
  release: { version: string; previous: string | null; release: string },
): Record<string, string> {
  return {
    SYSTEM: ctx.runbook.system,
    ENVIRONMENT: ctx.runbook.environment,
    VERSION: release.version,
    PREVIOUS_VERSION: release.previous ?? '',
    RELEASE: release.release,
  };
}

/** Variables of every database's live instance, by which scripts and applications find it. */
export async function databaseVariables(
  ctx: StepContext,
  instead: Readonly<Record<string, Record<string, string>>> = {},
): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const [name, database] of Object.entries(ctx.databases))
    Object.assign(all, instead[name] ?? database.environment(await database.live()));
  return all;
}

/** Port of a service on a track, as text; empty when it has none. */
export function portOf(ctx: StepContext, service: string, slot: string | null): string {
  const spec = ctx.runbook.services[service];
  const port = slot === null ? spec?.port : spec?.slots?.[slot]?.port;
  return port === undefined ? '' : String(port);
}

/** The slot of a service that a release works on: the canary's for a slotted service, null for one in one place. */
export function slotOf(
  ctx: StepContext,
  service: string,
  tracks: Tracks | null,
  track: 'stable' | 'canary',
): string | null {
  if (ctx.runbook.services[service]?.slots === undefined) return null;
  return (tracks ?? tracksNow(ctx, undefined))?.[track] ?? null;
}

/** Variables that a service's process is started with. */
export async function serviceVariables(
  ctx: StepContext,
  release: { version: string; previous: string | null; release: string },
  service: string,
  slot: string | null,
  track: 'stable' | 'canary',
  databases: Readonly<Record<string, Record<string, string>>> = {},
): Promise<Record<string, string>> {
  return {
    ...releaseVariables(ctx, release),
    ...(await databaseVariables(ctx, databases)),
    TRACK: track,
    SLOT: slot ?? '',
    PORT: portOf(ctx, service, slot),
  };
}

/** $PORT of checks: that of the canary's (or only) place of the first service that has one. */
export function mainPort(ctx: StepContext, tracks: Tracks | null, track: 'stable' | 'canary'): string {
  for (const service of Object.keys(ctx.runbook.services)) {
    const port = portOf(ctx, service, slotOf(ctx, service, tracks, track));
    if (port !== '') return port;
  }
  return '';
}
