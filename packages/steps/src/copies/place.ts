import type { BackupSpec } from '@release-runbook/runbook/schema/backup';
import type { StepContext } from '../context.ts';

export type CopySpec = NonNullable<BackupSpec['copies']>[number];

/** What lies at a place, hashed there (or read back from there), never taken from what was sent. */
export interface Stored {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Another place for files: a host, an S3-compatible store, a remote of rclone. */
export interface CopyPlace {
  /** As the record names it; holds no secret: `backup@vault.example.com`, `s3://backups/shop`. */
  readonly name: string;
  put(local: string, file: string, progress: (bytes: number) => void): Promise<Stored>;
  /** Brings a file back; throws RunbookError when it is not there. */
  get(path: string, local: string, progress: (bytes: number) => void): Promise<void>;
  close(): Promise<void>;
}

/** Opens the place that a copy's section names; the code of its kind is loaded then. */
export async function openPlace(ctx: StepContext, spec: CopySpec): Promise<CopyPlace> {
  if ('s3' in spec) return (await import('./s3.ts')).s3Place(spec, ctx.secrets);
  if ('rclone' in spec) return (await import('./rclone.ts')).rclonePlace(spec, ctx.secrets);
  return (await import('./host.ts')).hostPlace(ctx, spec);
}
