import * as z from 'zod/mini';
import { about, maybe, name, text } from './common.ts';

/** Another place for each verified backup; hashed again where it lies. */
export const copy = z.union([
  z.strictObject({ on: about('A host of this runbook.', name), directory: about('A folder there.', text) }),
  z.strictObject({
    ssh: about('user@host, or a name of your ssh configuration.', text),
    directory: about('A folder there.', text),
  }),
]);

export const backup = z.strictObject({
  keep: maybe(
    'How many verified backups to keep of each database. Default 14; never fewer than 2.',
    z.int().check(z.minimum(2)),
  ),
  directory: maybe("Where they lie on the database's host. Default: in the suite's own folder there.", text),
  copies: maybe('Other places for each verified backup; hashed again where it lies.', z.array(copy)),
});
export type BackupSpec = z.infer<typeof backup>;
export type BackupCopySpec = z.infer<typeof copy>;
