import { lstatSync, mkdirSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { join } from 'node:path';

/**
 * Later actions of a job start with the code that the first one has compiled (Node's own compile cache). What lies there is
 * run, so it lies in the job's folder, which the runner empties before and after each job, in a folder that this user alone
 * may write; never in one that other jobs come to. Node takes an entry for the very same source and Node alone.
 * @param temporary the job's folder; undefined outside of a runner
 * @returns the folder, or undefined where nothing is kept: that costs time and nothing else
 */
export function keepCompiled(temporary: string | undefined): string | undefined {
  // Node before 22 cannot keep anything; without users (Windows) it cannot be told who may write there.
  const enable = (nodeModule as Partial<typeof nodeModule>).enableCompileCache;
  if (!temporary || enable === undefined || process.getuid === undefined) return undefined;
  const folder = join(temporary, 'release-runbook-compiled');
  try {
    mkdirSync(folder, { mode: 0o700, recursive: true });
    const found = lstatSync(folder);
    if (!found.isDirectory() || found.uid !== process.getuid() || (found.mode & 0o077) !== 0) return undefined;
    return enable(folder).directory;
  } catch {
    return undefined;
  }
}
