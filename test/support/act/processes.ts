import { readdir, readFile, readlink } from 'node:fs/promises';

/** Processes below one, at any depth, whose command line matches. */
export async function descendants(pid: number, command: RegExp): Promise<readonly number[]> {
  const parents = new Map<number, number>();
  const lines = new Map<number, string>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = await readFile(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      lines.set(Number(name), (await readFile(`/proc/${name}/cmdline`, 'utf8')).replaceAll('\0', ' '));
    } catch {
      // It ended meanwhile.
    }
  }
  const below = (one: number): boolean => {
    for (let up = parents.get(one); up !== undefined && up > 1; up = parents.get(up)) if (up === pid) return true;
    return false;
  };
  return [...lines].filter(([one, line]) => command.test(line) && below(one)).map(([one]) => one);
}

/** Processes whose working directory lies in a folder. */
export async function processesIn(folder: string): Promise<readonly number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const directory = await readlink(`/proc/${name}/cwd`).catch(() => '');
    if (directory.startsWith(`${folder}/`)) found.push(Number(name));
  }
  return found;
}
