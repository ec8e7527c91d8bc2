import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fold } from '@release-runbook/record/fold';
import type { ReleaseState } from '@release-runbook/record/state';
import { restoreRunbook } from '@release-runbook/runbook/load';
import type { Runbook } from '@release-runbook/runbook/types';
import { RunbookError } from '@release-runbook/units/error';

/** A copy of a record, as jobs keep one. */
export interface RecordCopy {
  readonly text: string;
  readonly state: ReleaseState;
}

/** @throws RunbookError when it is no whole record, or a redacted one, from which nothing can be undone */
export async function readRecordCopy(file: string): Promise<RecordCopy> {
  const name = relative(process.cwd(), file) || file;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new RunbookError(
      `the copy of a record ${name} cannot be read (${(error as NodeJS.ErrnoException).code}); nothing was changed`,
      { hint: 'expected a copy of a record, one event a line (.jsonl): each job keeps one as an artifact' },
    );
  }
  if (!/^\{"seq":0,[^\n]*"event":"opened"/.test(text))
    throw new RunbookError(`${name} is no record: its first line is no "opened" event; nothing was changed`);
  const state = fold(text, name);
  if (state.opened.redacted === true)
    throw new RunbookError(
      `${name} is a redacted copy, made for a public repository: hosts, paths and scripts were taken out of it, so nothing can be undone from it; nothing was changed`,
      {
        hint: `the whole record is on the environment's own host (runbook rollback --release ${state.release}); a copy of it from there, or from a private place, can be used`,
      },
    );
  return { text, state };
}

/**
 * The runbook in a copy of a record: no checkout is needed to come back.
 * @throws RunbookError when it is no whole record, or one of another environment
 */
export async function runbookOfRecord(file: string, environment: string | undefined): Promise<Runbook> {
  const { opened } = (await readRecordCopy(file)).state;
  if (environment !== undefined && environment !== opened.environment)
    throw new RunbookError(
      `${file} is a record of ${opened.environment}, expected one of ${environment}; nothing was changed`,
    );
  return restoreRunbook(opened.runbook);
}
