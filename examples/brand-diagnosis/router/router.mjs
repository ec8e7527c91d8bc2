// A router of one file in front of the two slots: node router/router.mjs PORT BLUE_PORT GREEN_PORT STATE_FILE
// Weights come from the state file, which control.mjs replaces; counts of requests by slot go into STATE_FILE.requests.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';

const [port, blue, green, state] = process.argv.slice(2);
const ports = { blue: Number(blue), green: Number(green) };
const served = { blue: 0, green: 0 };
const agent = new Agent({ keepAlive: false });
let weights = { blue: 100, green: 0 };
let turn = 0;

function readWeights() {
  try {
    weights = JSON.parse(readFileSync(state, 'utf8'));
  } catch {
    // Replaced in this moment, or not there yet: the weights in force stay.
  }
}
readWeights();
setInterval(readWeights, 50);
setInterval(() => {
  // Replaced at once: whoever reads it never sees half of it.
  writeFileSync(`${state}.requests.partial`, JSON.stringify(served));
  renameSync(`${state}.requests.partial`, `${state}.requests`);
}, 100);

/** Exact shares: green gets its part of every hundred requests, evenly spread. */
function choose() {
  turn = (turn + 1) % 100;
  return Math.floor(((turn + 1) * weights.green) / 100) > Math.floor((turn * weights.green) / 100) ? 'green' : 'blue';
}

createServer((incoming, outgoing) => {
  const slot = choose();
  served[slot]++;
  const forward = request(
    {
      host: '127.0.0.1',
      port: ports[slot],
      path: incoming.url,
      method: incoming.method,
      headers: incoming.headers,
      agent,
    },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'x-slot': slot });
      answer.pipe(outgoing);
    },
  );
  forward.on('error', () => {
    if (!outgoing.headersSent) outgoing.writeHead(502, { 'x-slot': slot });
    outgoing.end();
  });
  incoming.pipe(forward);
}).listen(Number(port), '127.0.0.1');
