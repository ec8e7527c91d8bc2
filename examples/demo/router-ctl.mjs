// What the runbook asks of the router.
//   node router-ctl.mjs set|get|requests|errors      with $ROUTER, and $WEIGHTS ("blue=90 green=10") or $SLOT
import { request } from 'node:http';

const { ROUTER, WEIGHTS = '', SLOT = '' } = process.env;

function ask(method = 'GET', body = '') {
  return new Promise((resolve, reject) => {
    const sent = request(`${ROUTER}/_router`, { method, timeout: 5000 }, async (answer) => {
      let text = '';
      for await (const chunk of answer) text += chunk;
      if (answer.statusCode === 200) resolve(JSON.parse(text));
      else reject(new Error(text));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const pairs = (slots, key) =>
  Object.entries(slots)
    .map(([name, slot]) => `${name}=${slot[key]}`)
    .join(' ');

const commands = {
  set: async () => {
    const words = WEIGHTS.split(' ').map((pair) => pair.split('='));
    await ask('PUT', JSON.stringify(Object.fromEntries(words.map(([name, weight]) => [name, Number(weight)]))));
  },
  get: async () => console.log(pairs(await ask(), 'weight')),
  requests: async () => console.log(pairs(await ask(), 'requests')),
  /** Percent of the slot's requests in the last seconds that failed; nothing when it had none. */
  errors: async () => {
    const { requests, failed } = (await ask())[SLOT].recent;
    if (requests > 0) console.log((failed / requests) * 100);
  },
};

try {
  await commands[process.argv[2]]();
} catch (error) {
  console.error(`the router at ${ROUTER}: ${error.message}`);
  process.exitCode = 1;
}
