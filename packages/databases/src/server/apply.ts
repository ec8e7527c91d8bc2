import { createHash } from 'node:crypto';
import { RunbookError } from '@release-runbook/units/error';
import type { Context } from './database.ts';
import type { Place } from './engine.ts';

/** Applies the files that the database does not know yet, in order; each is remembered with its checksum. */
export async function applyFiles(
  { engine }: Context,
  place: Place,
  files: readonly { readonly name: string; readonly sql: string }[],
): Promise<readonly string[]> {
  const known = await engine.applied(place);
  const plans = files.map((file) => ({ ...file, sha256: createHash('sha256').update(file.sql).digest('hex') }));
  for (const { name, sha256 } of plans) mustBeUnchanged(name, known[name], sha256);
  const done: string[] = [];
  for (const plan of plans) {
    if (known[plan.name] !== undefined) continue;
    try {
      await engine.apply(place, plan);
    } catch (error) {
      if (!(error instanceof RunbookError)) throw error;
      throw new RunbookError(`${error.message}${done.length === 0 ? '' : `; applied before it: ${done.join(', ')}`}`, {
        at: error.at,
        hint: error.hint,
      });
    }
    done.push(plan.name);
  }
  return done;
}

/** A file that was applied must stay as it was. */
export function mustBeUnchanged(name: string, before: string | undefined, now: string): void {
  if (before === undefined || before === now) return;
  throw new RunbookError(
    `${name} was changed after it was applied (SHA-256 then ${before.slice(0, 12)}…, now ${now.slice(0, 12)}…); nothing was changed`,
    { hint: 'bring back its old text, and put what is new into a new file' },
  );
}
