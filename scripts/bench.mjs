// Measures this program; README: docs/performance.md.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { progress, root, runnersNode } from '../bench/measure.mjs';

const help = `npm run bench [-- BENCH…] [-- options]

  start      CPU time of each action, to an early exit and until its step begins, against an empty Node program
  overhead   the demo's good release against a bash script that does the same work with the same programs and waits
  rollback   decision to verified, in the demo: after a bad canary, and by hand
  size       bytes of dist/, and compressed
  databases  backup, verified backup, restore and swap on real servers, against the engines' own programs; needs what
             scripts/install-tools.sh installs, and \`npx tsc -b\`; only when named

Without a name the first four. Standard output has JSON lines alone: {"bench","case","value","unit","ratio"}; a ratio is to the
empty program, or of the release to the script. How it goes is told on standard error.

  --runs N            times that each program is started (15)
  --repeats N         times that release and script are run (3)
  --peer NAME=PATH    another program to start without inputs, such as a published action's file; may be given again
  --node PATH         the Node to measure (the one that runners give to actions, where it is installed, else this one)
  --dist FOLDER       the built program to measure (dist); start and size
  --size SIZE         databases: of the data, such as 100MB (the default) or 1GB
  --engine NAME       databases: mariadb, mysql, postgres; may be given again (all)
  --elapsed           start: time elapsed instead of CPU time; on a busy machine it tells of the machine
  --help              this text

On macOS and Windows start and size work; overhead and rollback need Linux, as the demo does.
`;

const benches = {
  start: async (options) => (await import('../bench/start.mjs')).start(options),
  overhead: async (options) => (await import('../bench/overhead.mjs')).overhead(options),
  rollback: async (options) => (await import('../bench/rollback.mjs')).rollback(options),
  size: async (options) => (await import('../bench/size.mjs')).size(options),
  databases: async (options) => (await import('../bench/databases.mjs')).databases(options),
};

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '15' },
      repeats: { type: 'string', default: '3' },
      peer: { type: 'string', multiple: true, default: [] },
      node: { type: 'string' },
      dist: { type: 'string' },
      elapsed: { type: 'boolean', default: false },
      size: { type: 'string', default: '100MB' },
      engine: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const unknown = positionals.find((name) => !Object.hasOwn(benches, name));
  if (unknown !== undefined)
    throw new Error(`there is no bench "${unknown}", expected one of ${Object.keys(benches).join(', ')}`);
  return {
    help: values.help === true,
    names: positionals.length > 0 ? positionals : Object.keys(benches).filter((name) => name !== 'databases'),
    runs: count('runs', values.runs),
    repeats: count('repeats', values.repeats),
    peers: values.peer.map(peer),
    node: values.node ?? runnersNode(),
    dist: resolve(values.dist ?? `${root}dist`),
    elapsed: values.elapsed,
    megabytes: megabytes(values.size),
    engines: values.engine,
  };
}

function megabytes(text) {
  const match = /^(\d+) ?(MB|GB)$/i.exec(text);
  if (match === null) throw new Error(`--size is "${text}", expected one such as 100MB or 1GB`);
  return Number(match[1]) * (match[2].toUpperCase() === 'GB' ? 1000 : 1);
}

function count(name, text) {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error(`--${name} is "${text}", expected a number from 1 to 9999`);
  return Number(text);
}

function peer(text) {
  const [, name, path] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (path === undefined) throw new Error(`--peer is "${text}", expected NAME=PATH`);
  return { name, path };
}

try {
  const given = options();
  if (given.help) process.stdout.write(help);
  else for (const name of given.names) await benches[name](given);
} catch (error) {
  progress(`bench: ${error.message}`);
  process.exitCode = 1;
}
