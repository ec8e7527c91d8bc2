/** A restore in a process of its own, which kills itself where RR_AT says: `before rename 3`, `load`; a verification with the label `verify`. */
import { join } from 'node:path';
import { openDatabase } from '@release-runbook/databases/open';
import { localHost } from '@release-runbook/hosts/local';
import { Collection, Db } from 'mongodb';

const env = process.env as Record<string, string>;
const { RR_FOLDER = '', RR_PROGRAMS = '', RR_BACKUP = '', RR_LABEL = '', RR_AT = '', DATABASE_URL = '' } = env;
const [when, command, at] = RR_AT.split(' ');
const die = () => process.kill(process.pid, 'SIGKILL');
let n = 0;

/** Commands are counted where they leave this process. */
function count(of: { [method: string]: unknown }, method: string, only: (args: unknown[]) => boolean): void {
  const real = of[method] as (...args: unknown[]) => Promise<unknown>;
  of[method] = async function (this: unknown, ...args: unknown[]) {
    const hit = only(args) && ++n === Number(at);
    if (hit && when === 'before') die();
    const result = await real.apply(this, args);
    if (hit) die();
    return result;
  };
}
if (command === 'rename') count(Db.prototype as never, 'renameCollection', () => true);
if (command === 'drop') count(Db.prototype as never, 'dropCollection', ([name]) => name === '_rr_swap');
if (command === 'count') count(Collection.prototype as never, 'countDocuments', () => true);
if (command === 'insert') count(Collection.prototype as never, 'insertOne', () => true);

const host = localHost(
  'db',
  { local: true, directory: RR_FOLDER },
  { system: 'demo', environment: 'test', root: join(RR_FOLDER, 'state') },
);
const db = await openDatabase(
  'main',
  { engine: 'mongodb', url: '$DATABASE_URL', on: 'db', programs: RR_PROGRAMS },
  host,
  { directory: join(RR_FOLDER, 'backups'), env: { DATABASE_URL } },
);
const backup = (await db.backups()).find(({ id }) => id === RR_BACKUP);
if (backup === undefined) throw new Error('no such backup');
if (RR_LABEL === 'verify') await db.verify(backup);
else if (RR_AT === 'load') {
  const real = host.shell;
  Object.assign(host, {
    shell: (text: string, options: Record<string, unknown>) =>
      real(
        text,
        text.includes('mongorestore') || text.includes('RR_TO')
          ? { ...options, onOutput: (said: string) => /rr-bytes/.test(said) && die() }
          : options,
      ),
  });
  await db.restore(backup, RR_LABEL);
} else await db.restore(backup, RR_LABEL);
