import * as z from 'zod/mini';
import { about, duration, expects, maybe, name, run, text } from './common.ts';

/** Rows of a table after the migration. `kept`: no row of the verified backup is missing (by key); a number is absolute. */
export const expectation = z.strictObject({
  rows: maybe(
    '"kept": no row of the verified backup is missing (by key). A number: exactly so many. Or a threshold such as ">= 6".',
    expects(
      '"kept", a number of rows, or a threshold such as ">= 6"',
      z.union([z.literal('kept'), z.int().check(z.minimum(0)), z.string()]),
    ),
  ),
});

export const undo = expects(
  'the way back: keep, a script, or { restore: {} }',
  z.union([
    z.literal('keep'),
    z.strictObject({
      restore: about(
        'Load the verified backup beside, then swap. Needs stop-writes and no canary.',
        z.strictObject({}),
      ),
      warm: maybe('Keep a second load ready for the swap.', z.boolean()),
    }),
    z.strictObject({ run: about('The down script: text is bash, a list a program.', run) }),
    run,
  ]),
);

/** Which old version the rehearsal tries, or why none is. */
export const oldVersion = expects(
  'the name of a service, or { untried: "why its old version cannot be tried" }',
  z.union([
    name,
    z.strictObject({ untried: about('Why it cannot be tried: a sentence that plan and way back show.', text) }),
  ]),
);

const shared = {
  send: maybe(
    "Paths of the version that the migration needs; sent to the database's host, with their folders, and kept for the undo.",
    z.array(text),
  ),
  undo: about(
    'keep: the old version works on the new schema (expand only). A script that leads back. Or { restore: {} }.',
    undo,
  ),
  expect: maybe('What must hold of each table after the migration.', z.record(text, expectation)),
  within: maybe('How long it may take before it is stopped. Default 30 min.', duration),
  directory: maybe("Start here instead of among the files sent, or in the host's directory; relative to it.", text),
  'old-version': maybe(
    'The service whose old version is tried on the new schema in the rehearsal (default: the first with a start program and health), or { untried: "why" } where it cannot be tried: plan and way back show that.',
    oldVersion,
  ),
};

export const byCommand = z.strictObject({
  run: about('The migration: text is a bash script, a list a program with arguments.', run),
  ...shared,
});
export const byFiles = z.strictObject({
  files: about(
    'A folder of SQL files of the version, applied in the order of their names, remembered with their checksums.',
    text,
  ),
  ...shared,
});

export const migration = z.union([byCommand, byFiles]);
export const migrate = z.record(name, migration);
export type MigrationSpec = z.infer<typeof migration>;
export type MigrationUndo = z.infer<typeof undo>;
export type Expectation = z.infer<typeof expectation>;
