import { RunbookError } from '@release-runbook/units/error';

export interface Statement {
  readonly sql: string;
  /** Of its first word, starting at 1. */
  readonly line: number;
  /** Its first word in capitals. */
  readonly verb: string;
}

export interface Script {
  readonly statements: readonly Statement[];
  /** The delimiter in force at the end. */
  readonly delimiter: string;
  /** The last statement has no delimiter after it. */
  readonly open: boolean;
}

// Quotes and comments that are never closed match no alternative but the last.
const TOKEN =
  /(\s+|#[^\n]*|--(?=\s|$)[^\n]*|\/\*(?![!+M])[\s\S]*?\*\/)|('[^'\\]*(?:(?:\\[\s\S]|'')[^'\\]*)*'|"[^"\\]*(?:(?:\\[\s\S]|"")[^"\\]*)*"|`[^`]*`)|([A-Za-z0-9_$\u0080-\uffff]+)|[\s\S]/y;

/**
 * A text as the client cuts it: at the delimiter, outside of quotes and comments; DELIMITER at the beginning of a line sets
 * another. Throws when a quote or comment is never closed.
 */
export function splitScript(name: string, text: string): Script {
  const sql = text.replace(/^\uFEFF/, '');
  const statements: Statement[] = [];
  let delimiter = ';';
  let line = 1;
  let at = 0;
  let start: { offset: number; line: number } | undefined;
  const flush = (end: number) => {
    if (start !== undefined) {
      const body = sql.slice(start.offset, end).trimEnd();
      const first = /^(?:\/\*!\d*\s*)?([A-Za-z]+)/.exec(body)?.[1] ?? '';
      statements.push({ sql: body, line: start.line, verb: first.toUpperCase() });
    }
    start = undefined;
  };
  while (at < sql.length) {
    if (start === undefined) {
      const set = /^delimiter[ \t]+(\S+)[^\n]*(?:\n|$)/i.exec(sql.slice(at, at + 200));
      if (set !== null) {
        delimiter = set[1] as string;
        at += set[0].length;
        line++;
        continue;
      }
    }
    if (sql.startsWith(delimiter, at)) {
      flush(at);
      at += delimiter.length;
      continue;
    }
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(sql);
    const token = match?.[0] ?? (sql[at] as string);
    const gap = match?.[1] !== undefined;
    if (/^['"`]$/.test(token) || (token === '/' && /^\/\*(?![!+M])/.test(sql.slice(at, at + 3))))
      throw new RunbookError(
        `what begins with ${token === '/' ? '/*' : token} here is never closed; nothing was changed`,
        {
          at: { file: name, line, column: 1 },
        },
      );
    if (!gap) start ??= { offset: at, line };
    // A word may hold the delimiter: `$$`, `END//`.
    const inside = match?.[3] === undefined ? -1 : token.indexOf(delimiter);
    const used = inside > 0 ? token.slice(0, inside) : token;
    for (const char of used) if (char === '\n') line++;
    at += used.length;
  }
  const open = start !== undefined;
  flush(sql.length);
  return { statements, delimiter, open };
}

const COMMITTING = new Set([
  'ALTER',
  'ANALYZE',
  'BEGIN',
  'COMMIT',
  'CREATE',
  'DROP',
  'FLUSH',
  'GRANT',
  'INSTALL',
  'LOCK',
  'OPTIMIZE',
  'RENAME',
  'REPAIR',
  'REVOKE',
  'START',
  'TRUNCATE',
  'UNINSTALL',
  'UNLOCK',
]);

/** Whether what stands before a statement cannot be rolled back once it has run: DDL commits by itself. */
export function commits({ verb, sql }: Statement): boolean {
  if (verb === 'SET') return /\bautocommit\b/i.test(sql);
  if (/^(create|drop)\s+temporary\b/i.test(sql)) return false;
  return COMMITTING.has(verb);
}
