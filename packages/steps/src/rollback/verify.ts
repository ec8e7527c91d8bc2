import { runChecks } from '@release-runbook/checks/registry';
import type { NewEvent } from '@release-runbook/record/events';
import type { Recorder } from '@release-runbook/record/recorder';
import { counted, rowsOf } from '@release-runbook/units/count';
import { checkContext } from '../check-context.ts';
import type { StepContext } from '../context.ts';
import { keptTables } from '../expectations.ts';
import { isOnline } from '../old-version.ts';
import { checkEvents } from '../smoke.ts';
import { mainPort } from '../variables.ts';
import { type CodeVerification, verifyCode } from './code.ts';
import type { DatabaseWay } from './database.ts';
import { isUp, stableServices } from './services.ts';

/**
 * The system is as before: the old version healthy and passing what it is known to pass, code and configuration equal, no row
 * of the backup missing.
 */
export async function verify(
  ctx: StepContext,
  recorder: Recorder,
  ways: readonly DatabaseWay[],
  options: { readonly acceptCode?: boolean | undefined },
): Promise<CodeVerification> {
  const problems: string[] = [];
  const texts: string[] = [];
  const judge = async (item: string, good: boolean, text: string) => {
    await recorder.write({
      event: 'judged',
      step: 'rollback',
      item: `as-before:${item}`,
      verdict: good ? 'pass' : 'fail',
      text,
    });
    (good ? texts : problems).push(text);
  };
  const { opened, release } = recorder.state();
  if (opened.previous !== null) {
    for (const { service, slot } of stableServices(ctx, recorder)) {
      const place = service.place(slot);
      const running = await isUp(service, place);
      if (running && service.spec.health !== undefined) await service.healthy(place);
      await judge(
        `service:${service.name}`,
        running,
        running ? `${service.name} runs on ${opened.previous}` : `${service.name} does not run`,
      );
    }
  }
  const code = await verifyCode(ctx, recorder, options);
  for (const way of ways) await verifyDatabase(ctx, way, judge);
  const known = knownChecks(recorder);
  const checks = ctx.runbook.smoke.filter(isOnline);
  if (opened.previous !== null && known.length > 0 && checks.length > 0) {
    const names = { version: opened.previous, previous: null, release };
    const results = await runChecks(
      checks,
      await checkContext(ctx, names, { PORT: mainPort(ctx, opened.tracks, 'stable'), TRACK: 'stable' }),
    );
    const own = results.filter(({ name }) => known.includes(name));
    await recorder.write(...own.flatMap((one): readonly NewEvent[] => checkEvents('rollback', one)));
    const broken = own.filter(({ verdict, severity }) => verdict !== 'pass' && severity === 'fail');
    await judge(
      'checks',
      broken.length === 0,
      broken.length === 0
        ? `${opened.previous} passes the ${counted(own.length, 'check')} that it passed before`
        : broken.map(({ name, text }) => `${name}: ${text}`).join('; '),
    );
  }
  return { ...code, problems: [...code.problems, ...problems], texts: [...code.texts, ...texts] };
}

async function verifyDatabase(
  ctx: StepContext,
  way: DatabaseWay,
  judge: (item: string, good: boolean, text: string) => Promise<void>,
): Promise<void> {
  const { database, backup, action } = way;
  if (backup === undefined) return;
  const live = await database.live();
  if (action !== 'nothing') {
    const schema = await database.compareSchema(backup, live);
    await judge(
      `schema:${database.name}`,
      schema.length === 0,
      schema.length === 0 ? `${database.name}: schema as before` : `${database.name}: ${schema.join('; ')}`,
    );
  }
  const kept = keptTables(ctx.runbook.migrate[database.name], ctx.runbook.rollback.when);
  const tables = action === 'restore' ? undefined : kept;
  if (tables !== undefined && tables.length === 0) return;
  const since = await database.since(backup, tables);
  const missing = rowsOf(Object.fromEntries(since.map((one) => [one.table, one.missing])));
  await judge(
    `rows:${database.name}`,
    missing === '',
    missing === '' ? `${database.name}: no row of the backup is missing` : `${database.name}: ${missing} missing`,
  );
}

/** Checks that the rehearsal saw the old version pass. */
function knownChecks(recorder: Recorder): readonly string[] {
  return recorder.state().events.flatMap((event) => {
    const old =
      event.event === 'noted' ? (event.data?.oldVersion as { checks?: readonly string[] } | undefined) : undefined;
    return old?.checks ?? [];
  });
}
