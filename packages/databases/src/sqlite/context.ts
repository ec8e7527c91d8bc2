import type { Host } from '@release-runbook/hosts/types';
import type { SqliteSpec } from '@release-runbook/runbook/schema/databases';
import type { BackupFiles } from '../backup-files.ts';
import type { Kept } from './backup.ts';
import type { Client } from './client.ts';

/** What every part of this engine works with. */
export interface Context {
  readonly name: string;
  readonly spec: SqliteSpec;
  readonly host: Host;
  readonly client: Client;
  /** The live file: absolute, symbolic links resolved. */
  readonly path: () => Promise<string>;
  readonly files: BackupFiles<Kept>;
  /** Where backups of this database lie; absolute. */
  readonly directory: () => Promise<string>;
}
