import type { Reading, Statement } from '../changes.ts';
import type { Source } from '../source.ts';
import { isWord, written } from './cursor.ts';
import { readBlock } from './postgres-block.ts';
import type { Here } from './postgres-columns.ts';
import type { Parsed, Parser } from './postgres-parser.ts';
import { readNode } from './postgres-statements.ts';
import { pieces } from './split.ts';
import { type Token, tokenize } from './tokens.ts';

/** The statements of a file for PostgreSQL. What its grammar does not take is told with its place; the others are read. */
export function readPostgres(parser: Parser, source: Source): Reading {
  const { text } = source;
  const { tokens, comments } = tokenize(text, 'postgres');
  const whole = parser(text);
  if ('message' in whole)
    return { statements: pieces(tokens, 'postgres').flatMap((one) => readPiece(parser, text, one.tokens)), comments };
  let next = 0;
  const statements = whole.map((parsed) => {
    while ((tokens[next]?.start ?? text.length) < parsed.start) next++;
    const own: Token[] = [];
    for (let token = tokens[next]; token !== undefined && token.start < parsed.end; token = tokens[++next])
      own.push(token);
    return readParsed(parser, text, parsed, own, parsed.offset);
  });
  return { statements, comments };
}

/** One statement of a file that is not right as a whole. */
function readPiece(parser: Parser, text: string, tokens: readonly Token[]): Statement[] {
  const from = tokens[0]?.start ?? 0;
  if (isWord(tokens[0], '\\')) return readClientCommand(parser, text, tokens);
  const sql = written(text, tokens);
  const parsed = parser(sql);
  if ('message' in parsed)
    return [
      { at: from, text: sql, changes: [{ kind: 'syntax-error', message: parsed.message, at: from + parsed.at }] },
    ];
  return parsed.map((one) => readParsed(parser, text, one, tokens, (location) => from + one.offset(location)));
}

/** A command of psql has no semicolon: it ends with its line. */
function readClientCommand(parser: Parser, text: string, tokens: readonly Token[]): Statement[] {
  const start = tokens[0]?.start ?? 0;
  const end = text.indexOf('\n', start);
  const word = /^\\\S+/.exec(text.slice(start, start + 40))?.[0] ?? '\\';
  const behind = end < 0 ? [] : tokens.filter((token) => token.start > end);
  const command: Statement = { at: start, text: word, changes: [{ kind: 'client-command', word, at: start }] };
  return behind.length === 0 ? [command] : [command, ...readPiece(parser, text, behind)];
}

function readParsed(
  parser: Parser,
  text: string,
  { node }: Parsed,
  tokens: readonly Token[],
  offset: (location: number) => number,
): Statement {
  const here: Here = { text, tokens, offset };
  const read = 'DoStmt' in node ? readBlock(parser, node.DoStmt, here) : { changes: readNode(node, here) };
  return { at: tokens[0]?.start ?? 0, text: written(text, tokens), ...read };
}
