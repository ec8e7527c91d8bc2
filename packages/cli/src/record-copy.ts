import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fold, parseRecord } from '@release-runbook/record/fold';
import { restoreRunbook } from '@release-runbook/runbook/load';
import type { Runbook } from '@release-runbook/runbook/types';
import type { StepContext } from '@release-runbook/steps/context';
import { RunbookError } from '@release-runbook/units/error';

/** A copy of a record, and the runbook in it: no checkout is needed to come back. */
export interface RecordCopy {
  readonly file: string;
  readonly release: string;
  readonly text: string;
  readonly events: number;
  readonly runbook: Runbook;
}

/**
 * Reads a copy of a record.
 * @throws RunbookError when it is no whole record, or one of another environment
 */
export async function readCopy(file: string, environment: string | undefined): Promise<RecordCopy> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new RunbookError(`--record ${file} cannot be read (${(error as NodeJS.ErrnoException).code}); nothing was changed`, {
      hint: 'expected a copy of a record, one event a line (.jsonl): each job keeps one as an artifact',
    });
  }
  const { events } = parseRecord(text, basename(file));
  const [opened] = events;
  if (opened?.event !== 'opened')
    throw new RunbookError(`${file} is no record: its first line is no "opened" event; nothing was changed`);
  if (environment !== undefined && environment !== opened.environment)
    throw new RunbookError(`${file} is a record of ${opened.environment}, expected one of ${environment}; nothing was changed`);
  // The id becomes a file's name on the home host.
  if (!/^[A-Za-z0-9][A-Za-z0-9_.+-]*$/.test(opened.release))
    throw new RunbookError(`${file} names its release ${JSON.stringify(opened.release)}, which is no release id; nothing was changed`);
  return { file, release: opened.release, text, events: events.length, runbook: await restoreRunbook(opened.runbook) };
}

/**
 * Puts a copy where the record was lost or damaged, so that the rollback is written behind it as always. A record that is
 * there and whole is newer or the same, and stays; a damaged one is kept beside.
 */
export async function putBack(ctx: StepContext, copy: RecordCopy, dryRun: boolean): Promise<void> {
  const { home } = ctx.runbook;
  if (home === undefined) throw new RunbookError('the runbook in this record has no host to keep a record on; nothing was changed');
  const host = ctx.hosts.get(home);
  const place = `${await host.state()}/records/${copy.release}.jsonl`;
  const present = await host.read(place);
  const known = present === undefined ? undefined : eventsOf(present, copy.release);
  if (known !== undefined && known >= copy.events) {
    ctx.platform.log(`the record of ${copy.release} is whole in its own place: it is used, not ${copy.file}`);
    return;
  }
  if (dryRun)
    throw new RunbookError(`the record of ${copy.release} is ${present === undefined ? 'missing' : 'damaged'} at ${ctx.store.place}; a dry run does not put the copy there; nothing was changed`, {
      hint: `without --dry-run the copy takes its place: runbook rollback --record ${copy.file}`,
    });
  if (present !== undefined) await host.write(`${place}.damaged-${ctx.clock.now().toISOString().replaceAll(/[-:]|\.\d+/g, '')}`, present);
  // The last line of a copy may be cut: what stands behind the last line break never announced anything.
  await host.write(place, copy.text.slice(0, copy.text.lastIndexOf('\n') + 1));
  ctx.platform.annotate('warning', `the record of ${copy.release} was ${present === undefined ? 'missing' : 'damaged'} at ${ctx.store.place}; ${copy.file} takes its place`);
}

function eventsOf(text: string, release: string): number | undefined {
  try {
    return fold(text, release).events.length;
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return undefined;
  }
}
