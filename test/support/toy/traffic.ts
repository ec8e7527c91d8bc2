import { setTimeout as sleep } from 'node:timers/promises';

export interface Traffic {
  /** Texts of the notes that were confirmed, in their order. */
  readonly acknowledged: readonly string[];
  stop(): Promise<void>;
}

/** Sends requests until it is stopped: notes that are written, each with a text of its own, or only questions. What fails is not tried again. */
export function startTraffic(url: string, kind: 'writes' | 'reads', everyMs: number): Traffic {
  const stopped = new AbortController();
  const acknowledged: string[] = [];
  const one = async (number: number) => {
    try {
      const text = `written ${number}`;
      const signal = AbortSignal.timeout(10_000);
      const answer = await fetch(
        kind === 'writes' ? `${url}/notes` : `${url}/health`,
        kind === 'writes' ? { method: 'POST', body: text, signal } : { signal },
      );
      await answer.arrayBuffer();
      if (kind === 'writes' && answer.status === 201) acknowledged.push(text);
    } catch {
      // Refused, or cut off: nobody was told that it is safe.
    }
  };
  const loop = async () => {
    for (let number = 1; !stopped.signal.aborted; number++) {
      await one(number);
      await sleep(everyMs, undefined, { signal: stopped.signal }).catch(() => {});
    }
  };
  const ended = loop();
  return {
    acknowledged,
    async stop() {
      stopped.abort();
      await ended;
    },
  };
}
