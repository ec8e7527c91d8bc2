import { runChecks } from '@release-runbook/checks/registry';
import type { CheckResult } from '@release-runbook/checks/types';
import { counted } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';
import { formatSize } from '@release-runbook/units/size';
import { formatWindow, inWindow, nextOpening } from '@release-runbook/units/window';
import { checkContext } from './check-context.ts';
import type { StepContext } from './context.ts';
import type { StepResult } from './decision.ts';
import { type Environment, readEnvironment, tracksNow } from './environment.ts';
import { describeHolder } from './lock.ts';
import { prepareMigration } from './migration.ts';
import { Outcome, result } from './outcome.ts';
import { planRelease } from './plan.ts';
import { newestBackup, rehearsalName, removeRehearsal } from './rehearsal-place.ts';
import { type Rehearsal, rehearse } from './rehearse.ts';
import { isUp } from './rollback/services.ts';
import { refused } from './run-step.ts';
import { openSource } from './source.ts';
import { mainPort, slotOf } from './variables.ts';

/**
 * Is everything ready, and is there a way back? Changes nothing, and opens no record. With `rehearse`, every migration is
 * taken through its life on a copy of the newest verified backup, so that reviewers see what it does before they approve.
 */
export async function preflight(ctx: StepContext, options: { rehearse: boolean }): Promise<StepResult> {
  try {
    const environment = await readEnvironment(ctx);
    const checks = await ready(ctx, environment);
    const rehearsals = options.rehearse ? await rehearseAll(ctx, environment) : [];
    const plan = await planRelease(
      ctx,
      rehearsals.length === 0
        ? undefined
        : { schema: rehearsals.flatMap(({ schema }) => schema), wayBack: knownWay(rehearsals) },
    );
    for (const check of checks) {
      ctx.platform.log(
        `${check.verdict === 'pass' ? 'ok  ' : check.severity === 'warn' ? 'warn' : 'FAIL'} ${check.name}: ${check.text}${check.mend === undefined ? '' : ` (mend: ${check.mend})`}`,
      );
      if (check.verdict !== 'pass')
        ctx.platform.annotate(check.severity === 'warn' ? 'warning' : 'error', `${check.name}: ${check.text}`);
    }
    const details = {
      digest: plan.digest,
      plan,
      checks: checks.map(({ name, verdict, text, severity }) => ({ name, verdict, text, severity })),
      rehearsals: rehearsals.map(({ database, upMs, downMs, oldVersion, problems }) => ({
        database,
        upMs,
        downMs,
        oldVersion: oldVersion.text,
        problems,
      })),
    };
    const wayBack = plan.wayBack;
    const broken = checks.filter(({ verdict, severity }) => verdict !== 'pass' && severity === 'fail');
    if (broken.length > 0) {
      const outside = broken.length === 1 && broken[0]?.name === 'window';
      return result(
        'refuse',
        outside ? 'outside-window' : 'not-ready',
        broken.map(({ name, text }) => `${name}: ${text}`).join('; '),
        {
          wayBack,
          details,
          next: `nothing was changed; ${
            broken
              .map(({ mend }) => mend)
              .filter((mend) => mend !== undefined)
              .join('; ') || 'mend these and run it again'
          }`,
        },
      );
    }
    const failed = rehearsals.flatMap(({ problems }) => problems);
    if (failed.length > 0)
      return result('refuse', 'rehearsal-failed', `the rehearsal on a restored backup failed: ${failed.join('; ')}`, {
        wayBack,
        details,
        next: 'nothing was changed; mend the migration and release again',
      });
    return result(
      'proceed',
      'done',
      `ready: ${counted(checks.length, 'check')} passed${rehearsals.length === 0 ? '' : `, ${counted(rehearsals.length, 'migration')} rehearsed`}`,
      { wayBack, details },
    );
  } catch (error) {
    return refused(ctx, error);
  }
}

/** The way back first, then the runbook's own checks. */
async function ready(ctx: StepContext, environment: Environment): Promise<readonly CheckResult[]> {
  const { current, lock } = environment;
  const previous = current?.opened.version ?? ctx.runbook.previous ?? null;
  const own: CheckResult[] = [];
  const add = (name: string, good: boolean, text: string, mend?: string) =>
    own.push({
      name,
      verdict: good ? 'pass' : 'fail',
      text,
      severity: 'fail',
      measurements: [],
      ms: 0,
      ...(mend === undefined || good ? {} : { mend }),
    });
  if (previous === null)
    add(
      'previous version',
      ctx.first === true,
      ctx.first === true
        ? 'this is the first release'
        : 'no earlier release is recorded: there is nothing to come back to',
      'name it in the runbook (`previous:`), or pass --first',
    );
  else {
    const known = environment.current !== undefined || (await openSource(ctx.runbook).identify(previous)) !== undefined;
    own.push({
      name: 'previous version',
      verdict: known ? 'pass' : 'fail',
      text: known
        ? previous
        : `${previous}, which \`previous:\` names, is not known here: an undo that fetches it would fail`,
      severity: 'warn',
      measurements: [],
      ms: 0,
      ...(known ? {} : { mend: 'git fetch --tags, or correct `previous:` in the runbook' }),
    });
  }
  const { window } = ctx.runbook;
  if (window !== undefined) {
    const now = ctx.clock.now();
    const open = inWindow(window, now);
    add(
      'window',
      open,
      open
        ? `inside ${formatWindow(window)}`
        : `outside ${formatWindow(window)}; it opens at ${nextOpening(window, now).toISOString()}`,
      'wait for the window, or change it in the runbook',
    );
  }
  const holder = lock.holder;
  if (holder !== undefined && holder.nonce !== ctx.holder.nonce && !(holder.run === ctx.holder.run && ctx.run !== null))
    add('lock', false, `the environment is held by ${describeHolder(holder)}`, 'runbook status');
  if (environment.open !== undefined && environment.open.opened.run?.id !== ctx.run?.id)
    add(
      'open release',
      false,
      `release ${environment.open.release} is ${environment.open.status}`,
      `runbook rollback --release ${environment.open.release}`,
    );
  for (const database of Object.values(ctx.databases)) {
    const { needed, free } = await database.space();
    add(
      `space for ${database.name}`,
      free >= needed,
      `${formatSize(needed)} needed for backup, verification and rescue, ${formatSize(free)} free on ${database.host.name}`,
      `free some space on ${database.host.name}`,
    );
  }
  const names = { version: ctx.version, previous, release: '' };
  const tracks = tracksNow(ctx, current);
  for (const service of Object.values(ctx.services)) {
    const place = service.place(slotOf(ctx, service.name, tracks, 'stable'));
    try {
      const { running } = await service.status(place);
      if (previous === null) continue;
      const up = running || (await isUp(service, place));
      const text = running
        ? `${service.name} runs on ${previous}`
        : up
          ? `${service.name} answers, and was not started by its manager here: a stop would not find it`
          : `${service.name} does not run: there would be nothing to come back to`;
      own.push({
        name: `${service.name} before`,
        verdict: running ? 'pass' : 'fail',
        text,
        // A stranger in the only place cannot be replaced; beside a dead stable slot a canary would lose requests.
        severity: (up && place.slot === null) || (!up && ctx.runbook.canary !== undefined) ? 'fail' : 'warn',
        measurements: [],
        ms: 0,
        ...(running ? {} : { mend: `start it once under its manager, as services.${service.name} says` }),
      });
    } catch (error) {
      // What cannot be asked now cannot be started later, with the migration made.
      if (!(error instanceof RunbookError)) throw error;
      add(`service ${service.name}`, false, error.message, error.hint);
    }
  }
  const context = await checkContext(ctx, names, { PORT: mainPort(ctx, tracks, 'stable'), TRACK: 'stable' });
  return [...own, ...(await runChecks(ctx.runbook.preflight, context))];
}

async function rehearseAll(ctx: StepContext, environment: Environment): Promise<readonly Rehearsal[]> {
  if (Object.keys(ctx.runbook.migrate).length === 0) return [];
  const release = rehearsalName(ctx);
  // Nobody holds the lock for a rehearsal; what it starts is stopped all the same when this process dies.
  ctx.hosts.fence({ release, epoch: environment.lock.epoch });
  try {
    return await rehearseEach(ctx, environment, release);
  } finally {
    await removeRehearsal(ctx, release);
  }
}

async function rehearseEach(
  ctx: StepContext,
  environment: Environment,
  release: string,
): Promise<readonly Rehearsal[]> {
  const rehearsals: Rehearsal[] = [];
  const previous = environment.current?.opened.version ?? ctx.runbook.previous ?? null;
  for (const [name, spec] of Object.entries(ctx.runbook.migrate)) {
    const database = ctx.databases[name];
    if (database === undefined) continue;
    const newest = await newestBackup(ctx, database);
    // Without a backup yet, a fresh one is made: that reads the database, and writes beside it only.
    const backup = newest ?? (await database.verify(await database.backup(`${name}-${release}`)));
    const migration = await prepareMigration(ctx, database, spec, { version: ctx.version, previous, release });
    const before = JSON.stringify((await database.inspect(await database.live())).objects);
    const rehearsal = await ctx.platform.group(`Rehearsal of ${name} on ${backup.id}`, () =>
      rehearse(ctx, migration, backup, environment.lock.epoch),
    );
    if (JSON.stringify((await database.inspect(await database.live())).objects) !== before)
      throw new Outcome(
        'failed',
        'live-changed',
        `the rehearsal changed the live database ${name}: its script does not use the variable that names the copy`,
        {
          next: `look at what it changed; the state before is in ${backup.path} on ${database.host.name}`,
        },
      );
    rehearsals.push(rehearsal);
  }
  return rehearsals;
}

function knownWay(rehearsals: readonly Rehearsal[]): { obstacles?: readonly string[]; seconds?: number } {
  const downMs = rehearsals.reduce((sum, { downMs: ms }) => sum + (ms ?? 0), 0);
  return downMs === 0 ? {} : { seconds: Math.ceil(downMs / 1000) + 3 };
}
