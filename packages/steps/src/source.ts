import { cp, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join, posix, relative, resolve } from 'node:path';
import { openGit } from '@release-runbook/checks/git';
import type { Git } from '@release-runbook/checks/types';
import { runHere } from '@release-runbook/hosts/runner';
import { sha256Hex } from '@release-runbook/runbook/digest';
import type { Runbook } from '@release-runbook/runbook/types';
import { RunbookError } from '@release-runbook/units/error';
import { Outcome } from './outcome.ts';

/** Where the files of a version come from, on the runner's side. */
export interface Source {
  readonly git: Git | undefined;
  /** What the version is, exactly: a commit, or the hash of its folder's files. Undefined: there is no such version. */
  identify(version: string): Promise<string | undefined>;
  /** The files of the version at a path, in a folder with those of its folders; empty when there are none. */
  files(version: string, path: string): Promise<readonly string[]>;
  /** Puts files and folders of the version under `target`, with their paths. Throws Outcome when the version is unknown. */
  extract(version: string, paths: readonly string[], target: string): Promise<void>;
}

export function openSource(runbook: Runbook): Source {
  return 'git' in runbook.source
    ? gitSource(resolve(runbook.source.git.directory ?? '.'))
    : folderSource(runbook.source.directory);
}

function gitSource(directory: string): Source {
  const git = openGit(directory);
  return {
    git,
    identify: (version) => git.resolve(version),
    async files(version, path) {
      const commit = await git.resolve(version);
      if (commit === undefined) return [];
      const args = ['-C', directory, 'ls-tree', '-r', '-z', '--name-only', commit, '--', path];
      const { code, stdout } = await runHere('git', args);
      return code === 0 ? stdout.split('\0').filter((name) => name !== '') : [];
    },
    async extract(version, paths, target) {
      const commit = await git.resolve(version);
      if (commit === undefined)
        throw unknown(
          version,
          `git knows no tag or commit ${version} in ${directory}`,
          'git fetch --tags; git tag --list',
        );
      await mkdir(target, { recursive: true });
      const archive = join(target, '..', `${commit}.tar`);
      try {
        for (const [program, args] of [
          ['git', ['-C', directory, 'archive', '--format=tar', `--output=${archive}`, commit, '--', ...paths]],
          ['tar', ['-C', target, '-xf', archive]],
        ] as const) {
          const { code, stderr } = await runHere(program, args);
          if (code === 0) continue;
          throw new RunbookError(`the files ${paths.join(', ')} of ${version} cannot be read: ${stderr.trim()}`, {
            hint: `see what the version holds: git ls-tree -r --name-only ${commit.slice(0, 12)}`,
          });
        }
      } finally {
        await rm(archive, { force: true });
      }
    },
  };
}

function folderSource(pattern: string): Source {
  const folder = (version: string) => {
    if (!/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(version))
      throw unknown(version, `${JSON.stringify(version)} cannot be a folder's name`, 'name a version such as v1.2.0');
    return resolve(pattern.replaceAll('$VERSION', version));
  };
  return {
    git: undefined,
    async identify(version) {
      const root = folder(version);
      if (!(await isFolder(root))) return undefined;
      const hashes: string[] = [];
      for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        hashes.push(`${sha256Hex(await readFile(path))} ${relative(root, path)}`);
      }
      return sha256Hex(hashes.sort().join('\n'));
    },
    async files(version, path) {
      const at = join(folder(version), path);
      const names = await readdir(at, { recursive: true }).catch((error: NodeJS.ErrnoException) =>
        error.code === 'ENOTDIR' ? [''] : [],
      );
      return names.map((name) => posix.join(path, name));
    },
    async extract(version, paths, target) {
      const root = folder(version);
      if (!(await isFolder(root))) throw unknown(version, `there is no folder ${root}`, 'see `source:` in the runbook');
      for (const path of paths) {
        if (posix.normalize(path).startsWith('..') || path.startsWith('/'))
          throw new RunbookError(`${path} leaves the version's folder`);
        await cp(join(root, path), join(target, path), { recursive: true });
      }
    },
  };
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function unknown(version: string, text: string, next: string): Outcome {
  return new Outcome('refuse', 'unknown-version', `version ${version} is not known: ${text}; nothing was changed`, {
    next,
  });
}
