import { existsSync, mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Runbook } from '@release-runbook/runbook/types';
import { RunbookError } from '@release-runbook/units/error';
import type { ActionName } from './actions.ts';
import { BEFORE } from './alone-words.ts';
import type { Job } from './job.ts';

/** The inputs by which an action works without a runbook. */
export interface AloneInputs {
  readonly runbook: string | undefined;
  readonly config: string | undefined;
  readonly environment: string | undefined;
  readonly url?: string | undefined;
  readonly to?: string | undefined;
  readonly keep?: string | undefined;
  readonly name?: string | undefined;
  readonly files?: string | undefined;
  readonly status?: string | undefined;
  readonly p95?: string | undefined;
  readonly contains?: string | undefined;
}

/** The section that a text in `config` is, when it is not several by their names. */
const sections: Readonly<Record<ActionName, string>> = {
  'preflight-check': 'preflight',
  'db-backup': 'backup',
  migrate: 'migrate',
  deploy: 'deploy',
  'smoke-test': 'smoke',
  'canary-gate': 'canary',
  rollback: 'rollback',
};

/** The one host of an action that works alone: the runner. */
const host = 'runner';

/**
 * The runbook of an action that was given none: made from its inputs. Undefined when it works with the runbook's file.
 * @throws RunbookError for inputs that do not fit together, with positions in `config`
 */
export async function aloneRunbook(action: ActionName, inputs: AloneInputs, job: Job): Promise<Runbook | undefined> {
  const runbook = await makeRunbook(action, inputs, job);
  if (runbook !== undefined && action === 'db-backup' && backupVanishes(runbook)) {
    throw new RunbookError(
      'input "to" is missing: the backup would lie in this job\'s own folder, and vanish with it; nothing was done',
      {
        hint: 'to: ssh://user@host/folder, or a folder of a machine that stays, such as to: /var/backups/shop',
      },
    );
  }
  return runbook;
}

/** Is a folder of this job the only place that a backup would have? */
function backupVanishes({ backup, databases, hosts }: Runbook): boolean {
  if (backup.directory !== undefined || (backup.copies ?? []).length > 0) return false;
  return Object.values(databases).some(({ on }) => 'local' in (hosts[on] ?? {}));
}

async function makeRunbook(action: ActionName, inputs: AloneInputs, job: Job): Promise<Runbook | undefined> {
  const { config, environment } = inputs;
  // A rollback takes what it undoes from the record, so all that it needs is where that lies.
  const bare =
    action === 'rollback' && config === undefined && !existsSync(resolve(job.workspace, inputs.runbook ?? ''));
  if (config === undefined && inputs.url === undefined && !bare) return undefined;
  const system = systemName(job);
  const base = {
    hosts: { [host]: { local: true, directory: job.workspace } },
    ...source(action, job),
    ...fromInputs(action, inputs, job),
  };
  const { inlineRunbook, restoreRunbook } = await import(
    /* webpackChunkName: "step" */ '@release-runbook/runbook/load'
  );
  if (config !== undefined) {
    const given = { section: sections[action], config, system, environment };
    const runbook = await inlineRunbook({ ...given, base });
    // A host that was named keeps the record better than a runner that may vanish.
    const named = Object.keys(runbook.hosts).find((name) => name !== host);
    return named === undefined || runbook.home !== host
      ? runbook
      : inlineRunbook({ ...given, base: { ...base, record: { on: named } } });
  }
  // Nobody wrote this one, so nobody is told how its parts should fit together; rollback's own rules for data hold anyway.
  // Each of these has a runbook of its own, so each has a record of its own.
  return restoreRunbook({ runbook: 'v1', system, environment: environment ?? (bare ? 'default' : action), ...base });
}

/** Where the records of a job's own actions lie, while the job lasts. */
export const jobRoot = (job: Job): string => join(job.temporary, 'release-runbook');

/** Environments in which actions of this job have left something to undo, the one that began last first. */
export async function jobEnvironments(job: Job): Promise<readonly string[]> {
  const { readdir } = await import('node:fs/promises');
  const folder = join(jobRoot(job), systemName(job));
  const found: { environment: string; newest: string }[] = [];
  for (const environment of await readdir(folder).catch(() => [])) {
    const records = join(folder, environment, 'records');
    // Their names begin with the time.
    const newest = (await readdir(records).catch(() => []))
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .at(-1);
    if (newest !== undefined && (await leftSomething(join(records, newest)))) found.push({ environment, newest });
  }
  return found.sort((a, b) => (a.newest < b.newest ? 1 : -1)).map(({ environment }) => environment);
}

/** A backup or a check leaves nothing to undo; a record that cannot be read may hold anything. */
async function leftSomething(file: string): Promise<boolean> {
  const [{ readFile }, { fold }] = await Promise.all([
    import('node:fs/promises'),
    import('@release-runbook/record/fold'),
  ]);
  try {
    const { items, status } = fold(await readFile(file, 'utf8'), file);
    return status === 'rolling-back' || items.some(({ intends, state }) => intends.undo !== null && state !== 'undone');
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return true;
  }
}

function systemName(job: Job): string {
  const name = (job.repository?.repo ?? basename(job.workspace))
    .replace(/[^A-Za-z0-9_.-]/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '');
  return name.slice(0, 64) || 'alone';
}

/** A checkout is a version's files. Without one there are none, and an empty folder says so. */
function source(action: ActionName, job: Job): Record<string, unknown> {
  if (existsSync(join(job.workspace, '.git'))) return { source: { git: { directory: job.workspace } } };
  if (action === 'migrate' || action === 'deploy') return { source: { directory: job.workspace } };
  const empty = join(job.temporary, 'release-runbook-no-checkout');
  mkdirSync(empty, { recursive: true });
  return { source: { directory: empty } };
}

/** Backups of two files in one folder must not be each other's history: each has the name of its file. */
function nameOf(url: string): string {
  const file = basename(url.slice('sqlite:'.length).replace(/[?#].*$/, '')).replace(/\.(db|sqlite3?|db3)$/i, '');
  return (
    file
      .replaceAll(/[^A-Za-z0-9_.-]/g, '-')
      .replace(/^[^A-Za-z0-9]+/, '')
      .slice(0, 64) || 'main'
  );
}

function fromInputs(action: ActionName, inputs: AloneInputs, job: Job): Record<string, unknown> {
  if (inputs.url === undefined) return {};
  if (action === 'smoke-test') return { smoke: [{ http: httpCheck(inputs) }], previous: BEFORE };
  const name = inputs.name ?? nameOf(inputs.url);
  const databases = { [name]: { engine: 'sqlite', path: sqlitePath(inputs.url, job.workspace), on: host } };
  if (action === 'db-backup') return { databases, backup: backupSection(inputs, job.workspace), previous: BEFORE };
  if (action !== 'migrate') return { databases };
  if (inputs.files === undefined) {
    throw new RunbookError('input "files" is missing, expected the folder of SQL files to run, such as "migrations"', {
      hint: 'with a runbook, leave out "url": its migrate section says what runs',
    });
  }
  if (!existsSync(resolve(job.workspace, inputs.files))) {
    throw new RunbookError(`input "files": there is no ${inputs.files} in ${job.workspace}; nothing was changed`, {
      hint: 'is there an actions/checkout before this step, and is the path from its root?',
    });
  }
  return { databases, migrate: { [name]: { files: inputs.files, undo: { restore: {} } } }, previous: BEFORE };
}

/** `sqlite:app.db`, `sqlite:///srv/app.db`. The URL itself may hold a password, so no message repeats it. */
function sqlitePath(url: string, workspace: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(url) ?? [];
  if (scheme.toLowerCase() !== 'sqlite' && scheme.toLowerCase() !== 'sqlite3') {
    throw new RunbookError(
      scheme === ''
        ? 'input "url" is no URL, expected one such as "sqlite:app.db"'
        : `not yet supported: databases by a URL of scheme "${scheme}"`,
      { hint: 'supported now: sqlite:FILE' },
    );
  }
  const path = rest.replace(/^\/\/(?=\/|\.)/, '').replace(/\?.*$/s, '');
  if (path === '' || path.startsWith('//'))
    throw new RunbookError('input "url" names no file, expected one such as "sqlite:app.db"');
  return resolve(workspace, path);
}

function backupSection(inputs: AloneInputs, workspace: string): Record<string, unknown> {
  const keep = inputs.keep === undefined ? {} : { keep: whole('keep', inputs.keep) };
  const { to } = inputs;
  if (to === undefined) return keep;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(to)?.[1]?.toLowerCase();
  if (scheme === undefined) return { ...keep, directory: resolve(workspace, to) };
  const ssh = /^ssh:\/\/([^/\s]+)(\/.*)$/i.exec(to);
  if (scheme !== 'ssh' || ssh === null) {
    throw new RunbookError(
      scheme === 'ssh'
        ? 'input "to" names no folder, expected ssh://user@host/folder'
        : `not yet supported: backups to "${scheme}:"`,
      {
        hint: 'supported now: a folder, or ssh://user@host/folder',
      },
    );
  }
  return { ...keep, copies: [{ ssh: ssh[1], directory: ssh[2] }] };
}

function httpCheck(inputs: AloneInputs): Record<string, unknown> {
  return {
    url: inputs.url,
    ...(inputs.status === undefined ? {} : { status: whole('status', inputs.status) }),
    ...(inputs.p95 === undefined ? {} : { p95: inputs.p95 }),
    ...(inputs.contains === undefined ? {} : { contains: inputs.contains }),
  };
}

function whole(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new RunbookError(`input "${name}" is ${JSON.stringify(text)}, expected a whole number`);
}
