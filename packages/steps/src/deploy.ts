import { lastLines } from '@release-runbook/hosts/run';
import type { Recorder } from '@release-runbook/record/recorder';
import type { RestartItem, RunItem } from '@release-runbook/runbook/schema/deploy';
import { counted } from '@release-runbook/units/count';
import { formatDuration } from '@release-runbook/units/duration';
import { RunbookError } from '@release-runbook/units/error';
import type { StepContext } from './context.ts';
import type { StepResult } from './decision.ts';
import { type Environment, tracksNow, versionInSlot } from './environment.ts';
import { measureSteady } from './fingerprint/measure.ts';
import { Outcome } from './outcome.ts';
import { runStep } from './run-step.ts';
import { stoppable } from './stoppable.ts';
import { portOf, releaseVariables, serviceVariables, slotOf } from './variables.ts';

const WITHIN = 30 * 60_000;

/** Brings code, configuration and services of the new version into place: in the idle slot, or where the old one was. */
export function deploy(ctx: StepContext): Promise<StepResult> {
  return runStep(ctx, 'deploy', async ({ recorder, environment }) => {
    await measureSteady(ctx, recorder);
    for (const item of ctx.runbook.deploy) {
      ctx.platform.signal.throwIfAborted();
      if ('restart' in item) await restart(ctx, recorder, item);
      else await run(ctx, recorder, environment, item);
    }
    return {
      text: `${counted(ctx.runbook.deploy.length, 'item')} deployed`,
      details: { slot: recorder.state().opened.tracks?.canary ?? '' },
    };
  });
}

/** Where a run item works: its service's place (with slots, the canary's), or its host's directory. */
export function placeOfItem(
  ctx: StepContext,
  item: RunItem,
  recorder: Pick<Recorder, 'state'>,
): { host: string; directory: string | undefined; slot: string | null; port: string } {
  const service = item.service === undefined ? undefined : ctx.services[item.service];
  if (service !== undefined) {
    const slot = slotOf(ctx, service.name, recorder.state().opened.tracks, 'canary');
    return {
      host: service.host.name,
      directory: service.place(slot).directory,
      slot,
      port: portOf(ctx, service.name, slot),
    };
  }
  const host = item.on ?? ctx.hosts.names()[0];
  if (host === undefined) throw new RunbookError(`deploy item ${item.name} has no host to run on`);
  return { host, directory: undefined, slot: null, port: '' };
}

async function run(ctx: StepContext, recorder: Recorder, environment: Environment, item: RunItem): Promise<void> {
  const { opened, release } = recorder.state();
  const { host, directory, slot, port } = placeOfItem(ctx, item, recorder);
  const withinMs = item.within ?? WITHIN;
  await ctx.platform.group(item.name, () =>
    recorder.change('deploy', {
      item: `deploy:${item.name}`,
      undo: {
        previousVersion: slot === null ? opened.previous : slotBefore(ctx, environment, slot, opened.previous),
        slot,
      },
      host,
      make: async (start) => {
        const job = {
          run: item.run,
          ...(directory === undefined ? {} : { directory }),
          env: {
            ...releaseVariables(ctx, { version: opened.version, previous: opened.previous, release }),
            TRACK: 'canary',
            SLOT: slot ?? '',
            PORT: port,
          },
          timeoutMs: withinMs,
          onOutput: (text: string) => ctx.platform.log(ctx.redact(text.trimEnd())),
        };
        const result = await stoppable(ctx, { host, release, id: `deploy:${item.name}` }, () => start(job));
        if (result.timedOut)
          throw new Outcome(
            'roll-back',
            'timed-out',
            `${item.name} took longer than ${formatDuration(withinMs)} and was stopped`,
          );
        if (result.code !== 0)
          throw new Outcome(
            'roll-back',
            'step-failed',
            `${item.name} ended with exit code ${result.code}: ${lastLines(result) || 'it printed nothing'}`,
          );
        return { value: undefined };
      },
    }),
  );
}

/** An idle slot may hold an older version than the one that serves: going back over several releases needs just that one. */
function slotBefore(ctx: StepContext, environment: Environment, slot: string, previous: string | null): string | null {
  const first = { slot: tracksNow(ctx, undefined)?.stable ?? slot, version: ctx.runbook.previous ?? null };
  return versionInSlot(environment, slot, first) ?? previous;
}

async function restart(ctx: StepContext, recorder: Recorder, item: RestartItem): Promise<void> {
  const { opened, release } = recorder.state();
  const service = ctx.services[item.restart];
  if (service === undefined) throw new RunbookError(`there is no service ${item.restart}`);
  const slot = slotOf(ctx, service.name, opened.tracks, 'canary');
  const place = service.place(slot);
  await recorder.change('deploy', {
    item: `restart:${service.name}`,
    undo: { previousVersion: opened.previous, slot },
    make: async () => {
      const names = { version: opened.version, previous: opened.previous, release };
      await service.start(place, await serviceVariables(ctx, names, service.name, slot, 'canary'));
      try {
        const { ms } = await service.healthy(place);
        ctx.platform.log(
          `${service.name}${slot === null ? '' : ` (${slot})`} is healthy on ${opened.version} after ${formatDuration(ms)}`,
        );
        return { value: undefined, data: { healthyMs: Math.round(ms), slot } };
      } catch (error) {
        if (!(error instanceof RunbookError)) throw error;
        throw new Outcome('roll-back', 'not-healthy', error.message, { cause: error });
      }
    },
  });
}
