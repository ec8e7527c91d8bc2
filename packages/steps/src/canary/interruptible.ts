import { Cancelled } from '../context.ts';

/**
 * Gives up waiting for a question when the job is being cancelled; the question itself may go on and is not heard. Never for
 * something that changes the system: that has to be awaited.
 */
export async function interruptible<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: () => void = () => {};
  const cancelled = new Promise<never>((_, reject) => {
    stop = () => reject(new Cancelled());
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    signal.removeEventListener('abort', stop);
    work.catch(() => {});
    cancelled.catch(() => {});
  }
}
