import * as z from 'zod/mini';
import { about, expects, maybe, name, secret, text } from './common.ts';

const folder = about('A folder there.', text);

/** Another place for each verified backup; hashed again where it lies. */
export const copy = z.union([
  z.strictObject({ on: about('A host of this runbook.', name), directory: folder }),
  z.strictObject({ ssh: about('user@host, or a name of your ssh configuration.', text), directory: folder }),
  z.strictObject({
    s3: about(
      'A bucket and a folder in it, of Amazon S3 or a store that speaks its protocol.',
      expects(
        'a bucket and a folder such as "s3://backups/shop"',
        z.string().check(z.regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/.*)?$/)),
      ),
    ),
    endpoint: maybe('Where the store answers; default: Amazon, by the region.', text),
    region: maybe('Default us-east-1.', text),
    'access-key': about('The secret with the id of the access key.', secret),
    'secret-key': about('The secret with the key itself.', secret),
  }),
  z.strictObject({
    rclone: about(
      'A remote of rclone and a folder in it; rclone runs beside the suite.',
      expects('a remote and a folder such as "vault:backups/shop"', z.string().check(z.regex(/^[\w.-][\w. +@-]*:.*$/))),
    ),
    config: maybe("The secret with the text of rclone's configuration; default: the runner's own.", secret),
  }),
]);

/** Files of a host, archived with each backup: what the database alone does not bring back. */
export const archive = z.strictObject({
  name: about("Of the archive's file.", name),
  on: about('The host that they lie on.', name),
  paths: about("Files and folders; relative to the host's directory.", z.array(text).check(z.minLength(1))),
});

export const backup = z.strictObject({
  keep: maybe(
    'How many verified backups to keep of each database. Default 14; never fewer than 2.',
    z.int().check(z.minimum(2)),
  ),
  directory: maybe("Where they lie on the database's host. Default: in the suite's own folder there.", text),
  copies: maybe('Other places for each verified backup; hashed again where it lies.', z.array(copy)),
  encrypt: maybe(
    'Encrypts every copy with age; the backup beside the database stays as readable as the database itself.',
    z.strictObject({
      age: about(
        'Recipients: public keys, `age1…`.',
        z
          .array(expects('a public key of age, such as "age1…"', z.string().check(z.regex(/^age1[0-9a-z]+$/))))
          .check(z.minLength(1)),
      ),
      identity: maybe('The secret with the private key; needed only where a copy is brought back.', secret),
    }),
  ),
  archive: maybe('Files archived with each backup: configuration, the build that serves.', z.array(archive)),
});
export type BackupSpec = z.infer<typeof backup>;
export type BackupCopySpec = z.infer<typeof copy>;
export type ArchiveSpec = z.infer<typeof archive>;
