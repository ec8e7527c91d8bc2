import type { Position } from '@release-runbook/units/error';
import type { Window } from '@release-runbook/units/window';
import type { BackupSpec } from './schema/backup.ts';
import type { CanarySpec } from './schema/canary.ts';
import type { CheckSpec } from './schema/checks.ts';
import type { DatabaseSpec } from './schema/databases.ts';
import type { DeployItem } from './schema/deploy.ts';
import type { HostSpec } from './schema/hosts.ts';
import type { MigrationSpec } from './schema/migrate.ts';
import type { RollbackSpec } from './schema/rollback.ts';
import type { ServiceSpec } from './schema/services.ts';
import type { SourceSpec } from './schema/top.ts';

export type Locale = 'en' | 'zh-CN';

/** A path into the runbook's YAML: `['smoke', 2, 'http', 'url']`. */
export type RunbookPath = readonly (string | number)[];

/** Where the files of a version come from: a tag of the checkout's git, or a folder ($VERSION is replaced). */
export type { SourceSpec };

/**
 * The runbook of one environment: the common part with the environment's own laid over it, each section parsed and checked,
 * every text with a unit turned into its value. A section that the file does not have is empty, or undefined.
 */
export interface Runbook {
  readonly system: string;
  readonly locale: Locale;
  readonly environment: string;
  readonly window: Window | undefined;
  readonly hosts: Readonly<Record<string, HostSpec>>;
  /** The host that keeps the record: `record: { on }`, else the first one; undefined without hosts. */
  readonly home: string | undefined;
  readonly services: Readonly<Record<string, ServiceSpec>>;
  readonly databases: Readonly<Record<string, DatabaseSpec>>;
  readonly source: SourceSpec;
  readonly preflight: readonly CheckSpec[];
  readonly backup: BackupSpec;
  readonly migrate: Readonly<Record<string, MigrationSpec>>;
  /** Services stopped from backup to the end of smoke, so that nothing is written meanwhile. */
  readonly stopWrites: readonly string[];
  readonly deploy: readonly DeployItem[];
  readonly smoke: readonly CheckSpec[];
  readonly canary: CanarySpec | undefined;
  readonly rollback: RollbackSpec;
  /** The version before the first release that the record knows of. */
  readonly previous: string | undefined;
  readonly onCall: string | undefined;
  /** The merged file as JSON, before parsing: what `opened` stores, and `restoreRunbook` reads back. */
  readonly resolved: unknown;
  /** SHA-256 of `resolved` in canonical form, hex. */
  readonly digest: string;
  /** Where something stands in the file; undefined when the runbook came from a record or an inline config. */
  position(path: RunbookPath): Position | undefined;
}
