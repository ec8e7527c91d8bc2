// Users: 100 requests a second, not one after another; each tenth writes a note.
import { Agent, request } from 'node:http';

const everyMs = 10;
const timeoutMs = 10_000;
/** On a machine that is too busy to answer as fast as they come, users wait for one another instead of piling up. */
const mostPending = 20;

/**
 * Sends requests until it is stopped.
 * @returns what came back: by version, what was lost, and every note that was acknowledged by its id
 */
export function startTraffic(url) {
  const agent = new Agent({ keepAlive: true });
  const notes = new Map();
  const doubled = [];
  const lost = [];
  const versions = {};
  const began = Date.now();
  let sent = 0;
  let pending = 0;

  const of = (version) => {
    versions[version] ??= { ok: 0, failed: 0 };
    return versions[version];
  };
  const done = (answer, text, note) => {
    pending--;
    const version = answer.headers['x-version'];
    if (version === undefined) return lost.push(`${answer.statusCode} ${text}`);
    const expected = note === undefined ? 200 : 201;
    if (answer.statusCode !== expected) return of(version).failed++;
    of(version).ok++;
    if (note === undefined) return;
    const { id } = JSON.parse(text);
    if (notes.has(id)) doubled.push(id);
    notes.set(id, note);
  };
  const send = () => {
    const note = sent++ % 10 === 0 ? `new note ${sent}` : undefined;
    pending++;
    let ended = false;
    const end = (work) => {
      if (!ended) work();
      ended = true;
    };
    const fail = (error) =>
      end(() => {
        pending--;
        lost.push(error.message);
      });
    const out = request(
      `${url}/api/notes`,
      { agent, method: note === undefined ? 'GET' : 'POST', timeout: timeoutMs },
      async (answer) => {
        try {
          let text = '';
          for await (const chunk of answer) text += chunk;
          end(() => done(answer, text, note));
        } catch (error) {
          fail(error);
        }
      },
    );
    out.on('timeout', () => out.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    out.on('error', fail);
    out.end(note === undefined ? undefined : JSON.stringify({ text: note }));
  };
  // The clock says how many are due: a late timer makes no gap.
  let due = 0;
  const timer = setInterval(() => {
    const now = Math.floor((Date.now() - began) / everyMs);
    for (; due < now; due++) if (pending < mostPending) send();
  }, everyMs);

  return {
    notes,
    lost,
    doubled,
    versions,
    sent: () => sent,
    async stop() {
      clearInterval(timer);
      while (pending > 0) await new Promise((resolve) => setTimeout(resolve, 10));
      agent.destroy();
    },
  };
}
