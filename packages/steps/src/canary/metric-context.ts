import type { MetricContext, Track } from '@release-runbook/metrics/types';
import type { StepContext } from '../context.ts';
import type { OpenRelease } from '../open-release.ts';
import { mainPort, portOf, releaseVariables, slotOf } from '../variables.ts';

/**
 * What metrics and triggers may ask of this release.
 * @param service the service whose port $PORT is; default the first one with a port
 */
export function metricContext(
  ctx: StepContext,
  { recorder }: Pick<OpenRelease, 'recorder'>,
  service?: string,
): MetricContext {
  const { opened, release } = recorder.state();
  const { forge } = ctx;
  const place = (track: Track) => {
    const { tracks } = opened;
    // A first release has no stable version that could be measured.
    if (track === 'stable' && (tracks === null || opened.previous === null)) return undefined;
    const port =
      service === undefined ? mainPort(ctx, tracks, track) : portOf(ctx, service, slotOf(ctx, service, tracks, track));
    return { slot: tracks?.[track] ?? '', port: Number(port) };
  };
  const spec = service === undefined ? Object.values(ctx.runbook.services)[0] : ctx.runbook.services[service];
  return {
    hosts: ctx.hosts,
    services: ctx.services,
    tracks: { stable: place('stable'), canary: place('canary') },
    variables: {
      ...ctx.secrets,
      ...releaseVariables(ctx, { version: opened.version, previous: opened.previous, release }),
    },
    defaultHost: spec?.on,
    issues: forge === undefined ? undefined : (label, since) => forge.issues(label, since),
    since: new Date(opened.at),
    now: () => ctx.clock.now(),
  };
}
