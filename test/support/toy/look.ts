import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('look.py', import.meta.url));

/** A toy's database, read in one transaction. */
export interface Looked {
  /** SQL of each object by its kind and name. */
  readonly schema: Readonly<Record<string, string>>;
  /** Texts of the notes by id. */
  readonly notes: Readonly<Record<string, string>>;
  /** ['ok'] when sound. */
  readonly sound: readonly string[];
  readonly journal: string;
}

let folder: Promise<string> | undefined;

/** The folder of the real python3, behind any launcher that chooses one. */
export async function pythonFolder(): Promise<string> {
  folder ??= execute('python3', ['-c', 'import sys; print(sys.executable)']).then(({ stdout }) =>
    dirname(stdout.trim()),
  );
  return folder;
}

export async function look(database: string): Promise<Looked> {
  const { stdout } = await execute(join(await pythonFolder(), 'python3'), [SCRIPT, database], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Looked;
}

let found: Promise<'sqlite3' | 'python3'> | undefined;

/** What the suite opens the toy's database with: sqlite3 starts quicker. */
export async function client(): Promise<'sqlite3' | 'python3'> {
  found ??= execute('sqlite3', ['--version']).then(
    () => 'sqlite3' as const,
    () => 'python3' as const,
  );
  return found;
}
