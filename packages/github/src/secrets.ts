import { RunbookError } from '@release-runbook/units/error';
import type { Masker } from './mask.ts';

/**
 * RUNBOOK_SECRETS is one secret with many in it, as a JSON object of names and values: a reusable workflow cannot know the
 * names that a runbook uses. Each value is masked, and becomes a variable of its own unless the step has one of that name.
 */
export function spreadSecrets(env: NodeJS.ProcessEnv, masker: Masker): void {
  const text = env.RUNBOOK_SECRETS;
  if (text === undefined || text.trim() === '') return;
  masker.add([text]);
  delete env.RUNBOOK_SECRETS;
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    values = undefined;
  }
  if (
    typeof values !== 'object' ||
    values === null ||
    Array.isArray(values) ||
    Object.values(values).some((value) => typeof value !== 'string')
  )
    throw new RunbookError('the secret RUNBOOK_SECRETS is not a JSON object of names and texts; nothing was started', {
      hint: 'expected {"SMTP_PASSWORD": "…", "API_TOKEN": "…"}',
    });
  for (const [name, value] of Object.entries(values as Record<string, string>)) {
    masker.add([value]);
    if (env[name] === undefined || env[name] === '') env[name] = value;
  }
}
