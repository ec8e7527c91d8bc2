import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runOrFail } from './run.ts';

const EXAMPLE = fileURLToPath(new URL('../../../examples/brand-diagnosis/', import.meta.url));

export type Version = { tag: string; subject: string; from?: string; removed?: string[] };
export type VersionName =
  | 'v1'
  | 'v2'
  | 'v3-migration'
  | 'v3-start'
  | 'v3-wrong'
  | 'v3-slow'
  | 'v3-dataloss'
  | 'v3-badundo';
type Files = Readonly<Record<string, string>>;
export type AssembleOptions = {
  /** Which versions; what they are based on comes with them. Default: all. */
  versions?: readonly VersionName[];
  /** Further files of a version (path in the repository: content), over those of the example: a runbook with the test's ports. */
  files?: Files | ((version: VersionName) => Files);
};

/** versions.json: the tag of each version and the version it is based on, in the order of their commits. */
export async function readVersions(): Promise<Map<VersionName, Version>> {
  const text = await readFile(join(EXAMPLE, 'versions/versions.json'), 'utf8');
  return new Map(Object.entries(JSON.parse(text) as Record<VersionName, Version>) as [VersionName, Version][]);
}

/** Writes the tree of one version, without git: the version that it is based on, then its own files over it. */
export async function writeTree(target: string, name: VersionName): Promise<void> {
  const version = need(await readVersions(), name);
  if (version.from) await writeTree(target, version.from as VersionName);
  await overlay(target, name, version);
}

/**
 * Makes a git repository of the example: main with v1 and v2, a branch off v2 for each v3, an annotated tag each.
 * Author and dates are fixed, so the same files give the same commits everywhere. What lies in the example's .github
 * (the runbook, the workflows) is part of every version; a version's own files come over it. main is checked out.
 */
export async function assembleRepository(
  target: string,
  options: AssembleOptions = {},
): Promise<{ tags: Record<string, string>; commits: Record<string, string> }> {
  const versions = await readVersions();
  const wanted = withBases(versions, options.versions ?? [...versions.keys()]);
  await mkdir(target, { recursive: true });
  await git(target, 0, 'init', '--quiet', '--initial-branch=main');
  const tags: Record<string, string> = {};
  const commits: Record<string, string> = {};
  let minute = 0;
  for (const [name, version] of versions) {
    minute += 10;
    if (!wanted.has(name)) continue;
    const onMain = name === 'v1' || name === 'v2';
    if (!onMain) {
      await git(target, minute, 'checkout', '--quiet', '-b', `release/${name}`, need(versions, version.from ?? '').tag);
    }
    await overlay(target, name, version);
    const files = typeof options.files === 'function' ? options.files(name) : (options.files ?? {});
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(target, path)), { recursive: true });
      await writeFile(join(target, path), content);
    }
    await git(target, minute, 'add', '--all');
    await git(target, minute, 'commit', '--quiet', '-m', version.subject);
    await git(target, minute, 'tag', '-a', version.tag, '-m', `${version.tag}: ${version.subject}`);
    tags[name] = version.tag;
    commits[name] = (await git(target, minute, 'rev-parse', 'HEAD')).trim();
  }
  await git(target, minute, 'checkout', '--quiet', 'main');
  return { tags, commits };
}

/** A bare copy with every branch and tag, to clone and fetch from as hosts do. Gives its path back. */
export async function makeBareOrigin(repository: string, bare: string): Promise<string> {
  await git(repository, 0, 'clone', '--quiet', '--bare', '--no-hardlinks', repository, bare);
  return bare;
}

async function overlay(target: string, name: VersionName, version: Version): Promise<void> {
  await mkdir(target, { recursive: true });
  const common = join(EXAMPLE, '.github');
  // Only the first version brings the common files: a later one's own runbook must not be written over.
  if (!version.from && existsSync(common)) await cp(common, join(target, '.github'), { recursive: true });
  const own = join(EXAMPLE, 'versions', name);
  for (const entry of await readdir(own)) {
    await cp(join(own, entry), join(target, entry), {
      recursive: true,
      filter: (path) => !/(__pycache__|\.db(-wal|-shm)?|\/miniprogram\/dist)$/.test(path),
    });
  }
  for (const path of version.removed ?? []) await rm(join(target, path), { recursive: true });
}

function withBases(versions: Map<VersionName, Version>, names: readonly VersionName[]): Set<VersionName> {
  const all = new Set<VersionName>();
  for (const asked of names) {
    let name: string | undefined = asked;
    while (name !== undefined) {
      all.add(name as VersionName);
      name = need(versions, name).from;
    }
  }
  return all;
}

function need(versions: Map<VersionName, Version>, name: string): Version {
  const version = versions.get(name as VersionName);
  if (!version) throw new Error(`no version ${name}; there are ${[...versions.keys()].join(', ')}`);
  return version;
}

async function git(cwd: string, minute: number, ...args: string[]): Promise<string> {
  const date = new Date(Date.UTC(2026, 2, 4, 2, minute)).toISOString();
  // The user's own configuration (signing, hooks, line ends) would change the commits.
  const env = {
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Release Example',
    GIT_AUTHOR_EMAIL: 'release@example.com',
    GIT_COMMITTER_NAME: 'Release Example',
    GIT_COMMITTER_EMAIL: 'release@example.com',
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
    GIT_TERMINAL_PROMPT: '0',
  };
  return await runOrFail('git', args, { cwd, env });
}
