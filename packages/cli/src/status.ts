import { type ReleaseState, waitsInRollback } from '@release-runbook/record/state';
import type { WayBack } from '@release-runbook/record/way-back';
import type { StepContext } from '@release-runbook/steps/context';
import { type Environment, readEnvironment, served, servesSince } from '@release-runbook/steps/environment';
import { describeHolder } from '@release-runbook/steps/lock';
import { wayBackOf } from '@release-runbook/steps/way-back';
import { formatError, RunbookError } from '@release-runbook/units/error';
import { oneLine } from '@release-runbook/views/escape';
import { clock } from '@release-runbook/views/facts';
import { messages } from '@release-runbook/views/messages';
import { columns } from '@release-runbook/views/table';
import { renderStatusText } from '@release-runbook/views/text';
import { wayBackLine } from '@release-runbook/views/way-back-line';
import { problemJson } from './errors.ts';
import { type Call, defaultRunbook, loadCallRunbook, openCallContext, withContext } from './session.ts';

/** Releases shown without --all. */
const few = 5;

interface Seen {
  readonly ctx: StepContext;
  readonly environment: Environment;
  /** The release that the way back starts from: under way, else the serving one. */
  readonly subject: ReleaseState | undefined;
  readonly wayBack: WayBack | undefined;
}

/** Who serves, who holds the lock, what is under way, the way back. Reads the records, changes nothing. */
export async function status(call: Call): Promise<number> {
  const { args } = call;
  const named = args.text('environment');
  const names = named === undefined ? await environmentsOf(call) : [named];
  const documents: object[] = [];
  let unread = 0;
  for (const [i, name] of names.entries()) {
    try {
      const runbook = await loadCallRunbook(call, name);
      await withContext(await openCallContext(call, runbook), async (ctx) => {
        const seen = await look(ctx, args.text('release'));
        if (call.json) documents.push(toJson(seen, args.flag('all')));
        else call.terminal.say((i > 0 ? '\n' : '') + toText(call, seen, args.flag('all')).trimEnd());
      });
    } catch (error) {
      // One environment that cannot be reached does not hide the others.
      if (!(error instanceof RunbookError) || names.length === 1) throw error;
      unread++;
      documents.push({
        environment: name,
        problems: (error.problems.length > 0 ? error.problems : [error]).map(problemJson),
      });
      call.terminal.complain(call.messages().status.unreachable(name));
      call.terminal.complain(formatError(error));
    }
  }
  if (call.json) call.document({ environments: documents });
  return unread > 0 ? 1 : 0;
}

async function environmentsOf(call: Call): Promise<readonly string[]> {
  const { readEnvironments, readRunbookText } = await import(
    /* webpackChunkName: "step" */ '@release-runbook/runbook/load'
  );
  const file = call.args.text('runbook') ?? defaultRunbook;
  return readEnvironments(await readRunbookText(file), file);
}

async function look(ctx: StepContext, release: string | undefined): Promise<Seen> {
  const environment = await readEnvironment(ctx);
  const wanted = release === undefined ? undefined : environment.releases.find((one) => one.release === release);
  if (release !== undefined && wanted === undefined)
    throw new RunbookError(`there is no release ${release} in ${ctx.runbook.environment}`, {
      hint: 'runbook status --all lists them',
    });
  const subject = wanted ?? environment.open ?? environment.current;
  return { ctx, environment, subject, wayBack: subject === undefined ? undefined : await wayBackFrom(ctx, subject) };
}

/** By the runbook that the release was made with: that is the one a rollback would use. */
async function wayBackFrom(ctx: StepContext, release: ReleaseState): Promise<WayBack | undefined> {
  if (release.status === 'rolled-back') return undefined;
  const { restoreRunbook } = await import(/* webpackChunkName: "step" */ '@release-runbook/runbook/load');
  try {
    return wayBackOf({ runbook: await restoreRunbook(release.opened.runbook) }, release);
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return wayBackOf(ctx, release);
  }
}

function toText(call: Call, { ctx, environment, subject, wayBack }: Seen, all: boolean): string {
  const m = call.messages().status;
  const { lock, current, open, releases } = environment;
  const { system, environment: name } = ctx.runbook;
  const lines = [call.terminal.colour('bold', oneLine(`${system}, ${name}`))];
  lines.push(
    current === undefined
      ? oneLine(m.nothing(ctx.runbook.previous))
      : oneLine(m.serving(current.opened.version, clock(servesSince(environment) ?? current.opened.at))),
  );
  lines.push(
    lock.holder === undefined
      ? m.free(lock.epoch)
      : call.terminal.colour('yellow', oneLine(m.held(describeHolder(lock.holder), lock.epoch))),
  );
  if (wayBack !== undefined) lines.push(oneLine(wayBackLine(wayBack, call.locale())));
  for (const release of releases.filter(({ torn }) => torn.length > 0))
    lines.push(
      call.terminal.colour('yellow', m.torn(release.release, release.torn.map((line) => line + 1).join(', '))),
    );
  const shown =
    subject !== undefined && (subject === open || waitsInRollback(subject) || call.args.text('release') !== undefined)
      ? subject
      : undefined;
  if (shown !== undefined) {
    const text = renderStatusText(shown, {
      locale: call.locale(),
      wayBack: undefined,
      place: ctx.store.place,
    }).trimEnd();
    lines.push('', ...text.split('\n').map((line) => (line === '' ? '' : `  ${line}`)), '');
  }
  if (call.args.text('release') === undefined) lines.push(...history(call, releases, all));
  lines.push(m.record(ctx.store.place));
  return lines.join('\n');
}

function history(call: Call, releases: readonly ReleaseState[], all: boolean): string[] {
  const m = call.messages().status;
  if (releases.length === 0) return [m.none];
  const words = messages(call.locale()).status;
  const newest = releases.toReversed().slice(0, all ? releases.length : few);
  const rows = newest.map(({ release, opened, status: state }) => [
    oneLine(release),
    oneLine(`${opened.previous ?? '–'} → ${opened.version}`),
    words[state],
  ]);
  const hidden = releases.length - newest.length;
  return [m.releases, columns(rows), ...(hidden > 0 ? [m.more(hidden)] : [])];
}

function toJson({ ctx, environment, wayBack, subject }: Seen, all: boolean): object {
  const { lock, current, open, releases } = environment;
  return {
    system: ctx.runbook.system,
    environment: ctx.runbook.environment,
    serving:
      current === undefined
        ? null
        : {
            version: current.opened.version,
            release: current.release,
            since: servesSince(environment),
          },
    lock: { epoch: lock.epoch, holder: lock.holder ?? null },
    open: open === undefined ? null : releaseJson(open),
    wayBack: wayBack ?? null,
    release: subject === undefined ? null : releaseJson(subject),
    releases: releases
      .toReversed()
      .slice(0, all ? releases.length : few)
      .map(releaseJson),
    record: ctx.store.place,
  };
}

function releaseJson(release: ReleaseState): object {
  const { opened, items, status: state, torn, rolledBack, heldUntil, events } = release;
  return {
    release: release.release,
    version: opened.version,
    previous: opened.previous,
    status: state,
    served: served(release),
    opened: opened.at,
    last: events.at(-1)?.at ?? opened.at,
    heldUntil: heldUntil ?? null,
    items: items.map(({ item, state: itemState, intends, message }) => ({
      item,
      step: intends.step,
      state: itemState,
      message: message ?? null,
    })),
    rolledBack:
      rolledBack === undefined ? null : { ms: rolledBack.ms, lost: rolledBack.lost, exported: rolledBack.exported },
    torn: torn.map((line) => line + 1),
  };
}
