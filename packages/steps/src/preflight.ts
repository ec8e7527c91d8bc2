import { runChecks } from '@release-runbook/checks/registry';
import type { CheckResult } from '@release-runbook/checks/types';
import type { Plan } from '@release-runbook/record/plan';
import { counted } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';
import { formatSize } from '@release-runbook/units/size';
import { checkContext } from './check-context.ts';
import type { StepContext } from './context.ts';
import type { Reason, StepResult } from './decision.ts';
import { type Environment, readEnvironment, tracksNow } from './environment.ts';
import { prepareMigration } from './migration.ts';
import { Outcome, result } from './outcome.ts';
import { planRelease, unknownPrevious } from './plan.ts';
import { newestBackup, rehearsalName, removeRehearsal } from './rehearsal-place.ts';
import { type Rehearsal, rehearse } from './rehearse.ts';
import { isUp } from './rollback/services.ts';
import { refused } from './run-step.ts';
import { releaseStops, windowNow } from './stops.ts';
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
        : {
            schema: rehearsals.flatMap(({ schema }) => schema),
            findings: rehearsals.flatMap(({ findings }) => findings),
            wayBack: knownWay(rehearsals),
          },
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
      return result('refuse', reasonOf(plan, broken), broken.map(({ name, text }) => `${name}: ${text}`).join('; '), {
        wayBack,
        details,
        next: `nothing was changed; ${
          broken
            .map(({ mend }) => mend)
            .filter((mend) => mend !== undefined)
            .join('; ') || 'mend these and run it again'
        }`,
      });
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

/** What stops it is told by its own reason where nothing else is in the way. */
function reasonOf({ stops }: Plan, broken: readonly CheckResult[]): Reason {
  const reasons = new Set(broken.map(({ name }) => stops.find((stop) => stop.name === name)?.reason ?? 'not-ready'));
  const [only] = reasons;
  return reasons.size === 1 ? (only as Reason) : 'not-ready';
}

/** What is known without asking a host: the way back, the window, who else is at it, the files of the version. */
async function known(ctx: StepContext, environment: Environment): Promise<readonly CheckResult[]> {
  const previous = environment.current?.opened.version ?? ctx.runbook.previous ?? null;
  const stops = (await releaseStops(ctx, environment)).filter(({ decision }) => decision === 'refuse');
  const found: CheckResult[] = stops.map(({ name, text, next }) => failedCheck(name, text, next));
  const stopped = (name: string) => stops.some((stop) => stop.name === name);
  if (previous === null) {
    if (!stopped('previous version')) found.unshift(passedCheck('previous version', 'this is the first release'));
  } else {
    const [unknown] = environment.current === undefined ? await unknownPrevious(ctx, previous) : [];
    const mend = 'git fetch --tags, or correct `previous:` in the runbook';
    found.unshift(
      unknown === undefined
        ? passedCheck('previous version', previous)
        : { ...failedCheck('previous version', unknown, mend), severity: 'warn' },
    );
  }
  const window = windowNow(ctx);
  if (window !== undefined && !stopped('window'))
    found.push(passedCheck('window', window.open ? `inside ${window.text}` : `begun inside ${window.text}, goes on`));
  return found;
}

const passedCheck = (name: string, text: string): CheckResult => ({
  name,
  verdict: 'pass',
  text,
  severity: 'fail',
  measurements: [],
  ms: 0,
});

const failedCheck = (name: string, text: string, mend: string | undefined): CheckResult => ({
  ...passedCheck(name, text),
  verdict: 'fail',
  ...(mend === undefined ? {} : { mend }),
});

/** The way back first, then the runbook's own checks. */
async function ready(ctx: StepContext, environment: Environment): Promise<readonly CheckResult[]> {
  const { current } = environment;
  const previous = current?.opened.version ?? ctx.runbook.previous ?? null;
  const own: CheckResult[] = [...(await known(ctx, environment))];
  const add = (name: string, good: boolean, text: string, mend?: string) =>
    own.push(good ? passedCheck(name, text) : failedCheck(name, text, mend));
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
    const before = (await database.compareSchema(backup, await database.live())).join();
    const rehearsal = await ctx.platform.group(`Rehearsal of ${name} on ${backup.id}`, () =>
      rehearse(ctx, migration, backup, environment.lock.epoch),
    );
    if ((await database.compareSchema(backup, await database.live())).join() !== before)
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
