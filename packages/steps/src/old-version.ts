import { runChecks } from '@release-runbook/checks/registry';
import type { Backup, Instance } from '@release-runbook/databases/types';
import type { ReleaseState } from '@release-runbook/record/state';
import type { CheckSpec } from '@release-runbook/runbook/schema/checks';
import type { MigrationSpec } from '@release-runbook/runbook/schema/migrate';
import type { Service } from '@release-runbook/services/types';
import { counted } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';
import { checkContext } from './check-context.ts';
import type { StepContext } from './context.ts';
import { readEnvironment, tracksNow } from './environment.ts';
import { freePort } from './free-port.ts';
import type { Migration } from './migration.ts';
import { freePlaces, type RehearsalPlace } from './rehearsal-place.ts';
import { serviceVariables, slotOf } from './variables.ts';
import { untriedReason } from './way-back.ts';

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
  { label, inherited }: Pick<RehearsalPlace, 'label' | 'inherited'>,
  up: (what: string, instance: Instance) => Promise<number>,
): Promise<OldVersion> {
  const { database, spec, names } = migration;
  const service = oldService(ctx, spec['old-version']);
  const checks = ctx.runbook.smoke.filter(isOnline);
  const not = (text: string): OldVersion => ({ tried: false, passes: false, text: `not tried: ${text}`, checks: [] });
  if (inherited) await service?.forget(besideSlots(label));
  if (names.previous === null) return not('this is the first release');
  const untried = untriedReason(spec);
  if (untried !== undefined) return not(untried);
  if (service === undefined) return not('no service has a start program that the suite can run beside the old one');
  if (ctx.runbook.databases[database.name]?.env === undefined)
    return not(`databases.${database.name} has no \`env:\`, so the old version cannot be given a copy`);
  if (checks.length === 0) return not('the runbook has no smoke checks that ask the service');
  const copy = await database.scratch(backup, `${label}-old`);
  const stable = service.place(
    slotOf(ctx, service.name, tracksNow(ctx, (await readEnvironment(ctx)).current), 'stable'),
  );
  const place = { ...besideSlots(label), port: await freePort(service.host), directory: stable.directory };
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
      return not(`${names.previous} passes none of ${counted(checks.length, 'check')} even before the migration`);
    await up('up for the old version', copy);
    const after = await runChecks(checks, context);
    ctx.platform.signal.throwIfAborted();
    const broken = after.filter(({ name, verdict }) => passed.includes(name) && verdict !== 'pass');
    return {
      tried: true,
      passes: broken.length === 0,
      text:
        broken.length === 0
          ? `${names.previous} passes its ${counted(passed.length, 'check')} on the new schema`
          : `${names.previous} fails on the new schema: ${broken.map(({ name, text }) => `${name}: ${text}`).join('; ')}`,
      checks: after.filter(({ verdict }) => verdict === 'pass').map(({ name }) => name),
    };
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return not(ctx.redact(error.message));
  } finally {
    await service.forget(place).catch(() => {});
    await database.drop(copy).catch(() => {});
  }
}

/** Stops the old version that a dead runner's rehearsal left running beside everything. */
export async function stopRehearsal(ctx: StepContext, { release, items, events }: ReleaseState): Promise<void> {
  for (const [name, spec] of Object.entries(ctx.runbook.migrate)) {
    const begun = items.some(({ item, state }) => item === `backup:${name}` && state === 'done');
    const ended = events.some(
      (event) => event.event === 'noted' && event.data?.database === name && event.data.oldVersion !== undefined,
    );
    const database = ctx.databases[name];
    if (!begun || ended || database === undefined) continue;
    const service = oldService(ctx, spec['old-version']);
    for (const label of await freePlaces(database, release)) await service?.forget(besideSlots(label));
  }
}

/** A place beside those of the runbook. */
const besideSlots = (label: string) => ({ slot: label, port: undefined, directory: '.' });

function oldService(ctx: StepContext, name: MigrationSpec['old-version']): Service | undefined {
  const startable = Object.values(ctx.services).filter(
    ({ spec }) => spec.health !== undefined && ('pm2' in spec || !('stop' in spec.command)),
  );
  return typeof name === 'string' ? startable.find((service) => service.name === name) : startable[0];
}

/** Checks that ask a running version, and not the machine. */
export function isOnline(spec: CheckSpec): boolean {
  return 'http' in spec || 'journey' in spec || 'polling' in spec;
}
