// A load balancer of a few lines: divides requests between the slots by weight, counts them, hides nothing.
//   node router.mjs PORT SLOT=PORT SLOT=PORT
import { Agent, createServer, request as send } from 'node:http';

const [port, ...pairs] = process.argv.slice(2);
const slots = pairs.map((pair, index) => {
  const [name, slotPort] = pair.split('=');
  return {
    name,
    port: Number(slotPort),
    weight: index === 0 ? 100 : 0,
    due: 0,
    requests: 0,
    failed: 0,
    unanswered: 0,
    recent: [],
  };
});
const agent = new Agent({ keepAlive: false });
const windowMs = 2000;

/** Smooth weighted round robin: ten percent is each tenth request, not ten in a row. */
function next() {
  for (const slot of slots) slot.due += slot.weight;
  const chosen = slots.reduce(
    (best, slot) => (slot.weight > 0 && (best === undefined || slot.due > best.due) ? slot : best),
    undefined,
  );
  chosen.due -= 100;
  return chosen;
}

function count(slot, failed) {
  slot.requests++;
  if (failed) slot.failed++;
  slot.recent.push({ at: Date.now(), failed });
  while (slot.recent[0].at < Date.now() - windowMs) slot.recent.shift();
}

function forward(request, response) {
  const slot = next();
  const upstream = send(
    {
      agent,
      host: '127.0.0.1',
      port: slot.port,
      method: request.method,
      path: request.url,
      headers: { ...request.headers, connection: 'close' },
    },
    (answer) => {
      count(slot, answer.statusCode >= 500);
      const { connection: _connection, 'keep-alive': _keepAlive, ...headers } = answer.headers;
      response.writeHead(answer.statusCode, headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    },
  );
  upstream.on('error', (error) => {
    if (response.headersSent) return response.destroy();
    slot.unanswered++;
    count(slot, true);
    response.writeHead(502, { 'x-unanswered-by': slot.name });
    response.end(error.message);
  });
  request.pipe(upstream);
}

async function control(request, response) {
  if (request.method === 'PUT') {
    let body = '';
    for await (const chunk of request) body += chunk;
    const weights = JSON.parse(body);
    const known = slots.every(({ name }) => Number.isFinite(weights[name]));
    if (!known || slots.reduce((sum, { name }) => sum + weights[name], 0) !== 100) {
      response.writeHead(400);
      return response.end(`expected a weight for each of ${slots.map(({ name }) => name).join(', ')}, together 100`);
    }
    for (const slot of slots) Object.assign(slot, { weight: weights[slot.name], due: 0 });
  }
  const state = slots.map(({ recent, ...slot }) => {
    const last = recent.filter(({ at }) => at >= Date.now() - windowMs);
    return [
      slot.name,
      { ...slot, recent: { requests: last.length, failed: last.filter(({ failed }) => failed).length } },
    ];
  });
  response.end(JSON.stringify(Object.fromEntries(state)));
}

const server = createServer((request, response) =>
  request.url === '/_router' ? control(request, response) : forward(request, response),
);
server.keepAliveTimeout = 60_000;
server.listen(Number(port), '127.0.0.1', () => console.log(`the router listens on ${port}`));
