// node router/control.mjs set | get | requests, in the folder that holds router/state.json
// `set` takes $WEIGHTS ("blue=95 green=5"); `get` and `requests` print the same form.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

const state = 'router/state.json';
const print = (values) =>
  console.log(
    Object.entries(values)
      .map(([slot, value]) => `${slot}=${value}`)
      .join(' '),
  );
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

switch (process.argv[2]) {
  case 'set': {
    const pairs = (process.env.WEIGHTS ?? '').split(' ').map((pair) => pair.split('='));
    writeFileSync(
      `${state}.partial`,
      JSON.stringify(Object.fromEntries(pairs.map(([slot, weight]) => [slot, Number(weight)]))),
    );
    renameSync(`${state}.partial`, state);
    break;
  }
  case 'get':
    print(read(state));
    break;
  case 'requests':
    print(read(`${state}.requests`));
    break;
  default:
    console.error('usage: node router/control.mjs set|get|requests');
    process.exit(1);
}
