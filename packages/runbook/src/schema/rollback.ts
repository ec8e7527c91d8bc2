import * as z from 'zod/mini';
import { about, duration, maybe, text, threshold } from './common.ts';

const held = { for: maybe('It must hold for so long before it fires. Default: at once.', duration) };

export const trigger = z.union([
  z.strictObject({
    'severe-errors': about('Severe lines in the log of the services, an hour.', threshold('rate', '> 10/h')),
    ...held,
  }),
  z.strictObject({
    'slower-than-before': about(
      'Response time of the smoke checks against the release before.',
      threshold('percent', '> 50%'),
    ),
    ...held,
  }),
  z.strictObject({
    'rows-lost': about('Rows of the verified backup that are missing now.', threshold('count', '> 0')),
    in: about('Tables that never lose rows.', z.array(text).check(z.minLength(1))),
    ...held,
  }),
  z.strictObject({
    complaints: about('Issues opened an hour with the label.', threshold('rate', '> 20/h')),
    label: maybe('Default: complaint.', text),
    ...held,
  }),
  z.strictObject({
    'health-failed': about('Health requests that failed.', threshold('count', '> 3 in a row')),
    ...held,
  }),
]);
export type TriggerSpec = z.infer<typeof trigger>;

export const rollback = z.strictObject({
  when: maybe('What starts a rollback.', z.array(trigger)),
  'rows-written-since': maybe(
    'A restore or a down script that would lose rows or values: ask stops and lets a human decide, keep leaves the database. Default ask.',
    z.enum(['ask', 'keep']),
  ),
  budget: maybe(
    'How long coming back may take.',
    z.strictObject({
      decide: maybe('From the first failure to the decision.', duration),
      execute: maybe('From the decision until everything is undone.', duration),
      verify: maybe('Until the old state is proven.', duration),
    }),
  ),
});
export type RollbackSpec = z.infer<typeof rollback>;
