import type { JobResult } from '@release-runbook/hosts/types';
import { Cancelled, type StepContext } from './context.ts';

/** A runner kills 10 s after it asked for an end; what is stopped by then can still be written. */
const GRACE_MS = 3000;

/**
 * Waits for a job on a host, and stops it when the step is cancelled meanwhile.
 * @throws Cancelled when that is how it ended
 */
export async function stoppable(
  ctx: StepContext,
  job: { readonly host: string; readonly release: string; readonly id: string },
  start: () => Promise<JobResult>,
): Promise<JobResult> {
  const { signal } = ctx.platform;
  if (signal.aborted) throw new Cancelled();
  let stopping: Promise<unknown> | undefined;
  const stop = () => {
    // One that cannot be stopped from here is stopped by its lifeline, when this process ends.
    stopping = ctx.hosts
      .get(job.host)
      .stopJob(job.release, job.id, GRACE_MS)
      .catch(() => undefined);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const result = await start();
    await stopping;
    if (signal.aborted && result.code !== 0) throw new Cancelled();
    return result;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
