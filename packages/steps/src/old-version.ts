import { runChecks } from '@release-runbook/checks/registry';
import type { Backup, Instance } from '@release-runbook/databases/types';
import type { ReleaseState } from '@release-runbook/record/state';
import type { CheckSpec } from '@release-runbook/runbook/schema/checks';
import type { Service } from '@release-runbook/services/types';
import { RunbookError } from '@release-runbook/units/error';
import { checkContext } from './check-context.ts';
import type { StepContext } from './context.ts';
import { readEnvironment, tracksNow } from './environment.ts';
import { freePort } from './free-port.ts';
import type { Migration } from './migration.ts';
import { serviceVariables, slotOf } from './variables.ts';

/** Beside the slots of the runbook. */
const SLOT = 'rehearsal';

/** Whether the old version works on the new schema: then the way back needs no restore. */
export interface OldVersion {
  readonly tried: boolean;
  readonly passes: boolean;
  readonly text: string;
  /** The smoke checks that the old version passes: what it can be held to after a rollback. */
  readonly checks: readonly string[];
}

/**
 * Starts the old version beside everything, on a free port and a copy of the backup; runs the smoke checks before and after
 * the migration. A check that the old version never passed is the new version's alone, and does not count.
 */
export async function tryOldVersion(
  ctx: StepContext,
  migration: Migration,
  backup: Backup,
  up: (what: string, instance: Instance) => Promise<number>,
): Promise<OldVersion> {
  const { database, spec, names } = migration;
  const service = oldService(ctx, spec['old-version']);
  const checks = ctx.runbook.smoke.filter(isOnline);
  const not = (text: string): OldVersion => ({ tried: false, passes: false, text: `not tried: ${text}`, checks: [] });
  if (names.previous === null) return not('this is the first release');
  if (service === undefined) return not('no service has a start program that the suite can run beside the old one');
  if (ctx.runbook.databases[database.name]?.env === undefined)
    return not(`databases.${database.name} has no \`env:\`, so the old version cannot be given a copy`);
  if (checks.length === 0) return not('the runbook has no smoke checks that ask the service');
  const copy = await database.scratch(backup, 'old-version');
  const stable = service.place(
    slotOf(ctx, service.name, tracksNow(ctx, (await readEnvironment(ctx)).current), 'stable'),
  );
  const place = { slot: SLOT, port: await freePort(service.host), directory: stable.directory };
  try {
    const env = await serviceVariables(
      ctx,
      { ...names, version: names.previous },
      service.name,
      stable.slot,
      'stable',
      { [database.name]: { ...database.environment(copy) } },
    );
    await service.start(place, { ...env, PORT: String(place.port) });
    await service.healthy(place);
    const context = await checkContext(
      ctx,
      { ...names, version: names.previous },
      { PORT: String(place.port), TRACK: 'stable' },
      { [database.name]: copy },
      service.spec.on,
    );
    const passed = (await runChecks(checks, context))
      .filter(({ verdict }) => verdict === 'pass')
      .map(({ name }) => name);
    ctx.platform.signal.throwIfAborted();
    if (passed.length === 0)
      return not(`${names.previous} passes none of the ${checks.length} checks even before the migration`);
    await up('up for the old version', copy);
    const after = await runChecks(checks, context);
    ctx.platform.signal.throwIfAborted();
    const broken = after.filter(({ name, verdict }) => passed.includes(name) && verdict !== 'pass');
    return {
      tried: true,
      passes: broken.length === 0,
      text:
        broken.length === 0
          ? `${names.previous} passes its ${passed.length} checks on the new schema`
          : `${names.previous} fails on the new schema: ${broken.map(({ name, text }) => `${name}: ${text}`).join('; ')}`,
      checks: after.filter(({ verdict }) => verdict === 'pass').map(({ name }) => name),
    };
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return not(ctx.redact(error.message));
  } finally {
    await service.stop(place).catch(() => {});
    await database.drop(copy).catch(() => {});
  }
}

/** Stops the old version that a dead runner's rehearsal left running beside everything. */
export async function stopRehearsal(
  ctx: StepContext,
  { items, events }: Pick<ReleaseState, 'items' | 'events'>,
): Promise<void> {
  for (const [name, spec] of Object.entries(ctx.runbook.migrate)) {
    const begun = items.some(({ item, state }) => item === `backup:${name}` && state === 'done');
    const ended = events.some(
      (event) => event.event === 'noted' && event.data?.database === name && event.data.oldVersion !== undefined,
    );
    const service = begun && !ended ? oldService(ctx, spec['old-version']) : undefined;
    if (service !== undefined) await service.stop({ slot: SLOT, port: undefined, directory: '.' });
  }
}

function oldService(ctx: StepContext, name: string | undefined): Service | undefined {
  const startable = Object.values(ctx.services).filter(
    ({ spec }) => spec.health !== undefined && ('pm2' in spec || !('stop' in spec.command)),
  );
  return name === undefined ? startable[0] : startable.find((service) => service.name === name);
}

/** Checks that ask a running version, and not the machine. */
export function isOnline(spec: CheckSpec): boolean {
  return 'http' in spec || 'journey' in spec || 'polling' in spec;
}
