import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseRecord } from '@release-runbook/record/fold';
import { restoreRunbook } from '@release-runbook/runbook/load';
import type { Runbook } from '@release-runbook/runbook/types';
import { RunbookError } from '@release-runbook/units/error';

/**
 * The runbook in a copy of a record: no checkout is needed to come back.
 * @throws RunbookError when it is no whole record, or one of another environment
 */
export async function runbookOfRecord(file: string, environment: string | undefined): Promise<Runbook> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new RunbookError(
      `--record ${file} cannot be read (${(error as NodeJS.ErrnoException).code}); nothing was changed`,
      {
        hint: 'expected a copy of a record, one event a line (.jsonl): each job keeps one as an artifact',
      },
    );
  }
  const { events } = parseRecord(text, basename(file));
  const [opened] = events;
  if (opened?.event !== 'opened')
    throw new RunbookError(`${file} is no record: its first line is no "opened" event; nothing was changed`);
  if (environment !== undefined && environment !== opened.environment)
    throw new RunbookError(
      `${file} is a record of ${opened.environment}, expected one of ${environment}; nothing was changed`,
    );
  return restoreRunbook(opened.runbook);
}
