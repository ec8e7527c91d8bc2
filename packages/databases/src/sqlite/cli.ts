import { RunbookError } from '@release-runbook/units/error';
import { asText, id, literal, type Reply, type Request, type Result, type Step, type WireValue } from './protocol.ts';

/**
 * The protocol spoken through the program `sqlite3` (>= 3.33): a script in its own language, with a marker after each
 * step, and SQL literals as output, the only mode which tells blobs, big integers and NULL apart.
 */
export function cliProgram(path: string): string[] {
  // As URI: it never looks like an option, and a missing file is not created.
  const uri = `file:${path.split('/').map(encodeURIComponent).join('/')}?mode=rw`;
  return ['sqlite3', '-batch', '-bail', '-init', '/dev/null', uri];
}

/** `version`: of the program, which decides over an option that 3.50 brought. `mark`: random, so that no value can look like it. */
export function cliScript(request: Request, version: string, mark: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const raw = major > 3 || minor >= 50 ? ' --escape off' : '';
  const lines = [`.timeout ${Math.trunc(request.busyMs)}`, '.headers on', `.mode quote${raw}`];
  for (const { as, path } of request.attach)
    lines.push(`ATTACH ${literal(`file:${path.split('/').map(encodeURIComponent).join('/')}?mode=rw`)} AS ${id(as)};`);
  lines.push(`.print ${mark}`);
  for (const step of request.steps) {
    lines.push(...stepLines(step, raw));
    lines.push(`.print ${mark}`);
  }
  lines.push('SELECT sqlite_version();');
  return `${lines.join('\n')}\n`;
}

function stepLines(step: Step, raw: string): string[] {
  if ('backup' in step) return [`.backup main ${argument(step.backup)}`];
  const sql = `${statement(step.sql)}\n;`;
  if (!('to' in step)) return ['.timer on', sql, '.timer off'];
  return [
    '.headers off',
    `.mode list${raw}`,
    `.output ${argument(step.to)}`,
    sql,
    '.output stdout',
    '.headers on',
    `.mode quote${raw}`,
  ];
}

/** A path as argument of a dot command, which reads C escapes between double quotes. */
function argument(path: string): string {
  if (/[\p{Cc}]/u.test(path))
    throw new RunbookError(`the path ${JSON.stringify(path)} holds control characters, which sqlite3 does not take`);
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** sqlite3 reads lines: at a statement's beginning "." starts a command, and a line "go" or "/" ends a statement. */
function statement(sql: string): string {
  if (!/^[A-Za-z]/.test(sql)) throw new RunbookError(`this is no SQL statement: ${sql.slice(0, 40)}`);
  const odd = sql.split('\n').find((line, i) => i > 0 && /^\s*(\/|go)\s*(--.*|\/\*.*)?$/i.test(line));
  if (odd !== undefined)
    throw new RunbookError(`the program sqlite3 takes the line ${JSON.stringify(odd)} for the end of the statement`, {
      hint: 'join it with the line before, or set `client: python3`',
    });
  return sql;
}

export function cliReply(stdout: string, stderr: string, mark: string, steps: number): Reply {
  const parts = stdout.split(`${mark}\n`);
  if (stdout.startsWith('[')) return { ok: false, at: -1, message: 'the result is larger than 1 MB' };
  if (parts.length !== steps + 2) return { ok: false, at: parts.length - 2, message: sqliteMessage(stderr) };
  const results = parts.slice(1, -1).map(readResult);
  return { ok: true, version: asText(readResult(parts.at(-1) ?? '').rows[0]?.[0]), results };
}

/** `Runtime error near line 7: database is locked (5)` → `database is locked`. */
function sqliteMessage(stderr: string): string {
  const line = stderr.split('\n').find((text) => /error/i.test(text)) ?? stderr.trim();
  return (
    line.replace(/^.*?[Ee]rror[^:]*: (near line \d+: )?(stepping, )?/, '').replace(/ \(\d+\)$/, '') ||
    'sqlite3 ended without a word; is the statement complete?'
  );
}

function readResult(text: string): Result {
  const time = /^Run Time: real ([0-9.]+).*\n?/m.exec(text);
  const rows = readRows(time ? text.replace(time[0], '') : text);
  const [head, ...rest] = rows;
  return { columns: (head ?? []).map(String), rows: rest, ms: Number(time?.[1] ?? 0) * 1000 };
}

const VALUE =
  /(NULL)|[Xx]'([0-9A-Fa-f]*)'|(unistr\()?'((?:[^']|'')*)'\)?|([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)|([+-]?Inf)/y;

/** Rows of SQL literals, separated by commas and line ends. */
function readRows(text: string): WireValue[][] {
  const rows: WireValue[][] = [];
  let row: WireValue[] = [];
  VALUE.lastIndex = 0;
  while (VALUE.lastIndex < text.length) {
    const at = VALUE.lastIndex;
    const match = VALUE.exec(text);
    if (!match) throw new Error(`sqlite3's output is not understood: ${text.slice(at, at + 80)}`);
    row.push(value(match));
    const next = text[VALUE.lastIndex];
    if (next !== ',') {
      rows.push(row);
      row = [];
    }
    if (next === '\r') VALUE.lastIndex++;
    VALUE.lastIndex++;
  }
  return rows;
}

function value([, none, blob, unistr, string, number, infinity]: RegExpExecArray): WireValue {
  if (none !== undefined) return null;
  if (blob !== undefined) return { blob: blob.toLowerCase() };
  if (string !== undefined) {
    const text = string.replaceAll("''", "'");
    return unistr === undefined
      ? text
      : text.replace(/\\u([0-9a-f]{4})|\\\\/gi, (_all, hex) =>
          hex === undefined ? '\\' : String.fromCharCode(Number.parseInt(hex, 16)),
        );
  }
  if (number !== undefined) {
    const parsed = Number(number);
    if (/^[+-]?[0-9]+$/.test(number) && !Number.isSafeInteger(parsed)) return { int: number };
    return Number.isFinite(parsed) ? parsed : { real: parsed < 0 ? '-Infinity' : 'Infinity' };
  }
  return { real: infinity?.startsWith('-') ? '-Infinity' : 'Infinity' };
}
