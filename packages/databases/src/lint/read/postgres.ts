import type { Reading, Statement } from '../changes.ts';
import type { Source } from '../source.ts';
import { cursor, find, isWord, written } from './cursor.ts';
import { readBlock } from './postgres-block.ts';
import type { Here } from './postgres-columns.ts';
import type { Parsed, Parser } from './postgres-parser.ts';
import { readNode } from './postgres-statements.ts';
import { pieces } from './split.ts';
import { type Token, tokenize } from './tokens.ts';

/** The statements of a file for PostgreSQL. What its grammar does not take is told with its place; the others are read. */
export function readPostgres(parser: Parser, { text }: Source): Reading {
  const { tokens, comments } = tokenize(text, 'postgres');
  return { statements: pieces(tokens, 'postgres').flatMap((piece) => readPiece(parser, text, piece.tokens)), comments };
}

/** One statement. Parsed by itself: the tree of a whole file with many rows would be large, and one mistake would hide the rest. */
function readPiece(parser: Parser, text: string, tokens: readonly Token[]): Statement[] {
  const from = tokens[0]?.start ?? 0;
  if (isWord(tokens[0], '\\')) return readClientCommand(parser, text, tokens);
  const sql = written(text, firstRow(tokens));
  const parsed = parser(sql);
  if ('message' in parsed)
    return [
      { at: from, text: sql, changes: [{ kind: 'syntax-error', message: parsed.message, at: from + parsed.at }] },
    ];
  return parsed.map((one) => readParsed(parser, text, one, tokens, (location) => from + one.offset(location)));
}

const MANY = 5_000;

/** An INSERT of very many rows up to its first: the tree of all would take a hundred times the room of the text. */
function firstRow(tokens: readonly Token[]): readonly Token[] {
  if (tokens.length < MANY || !isWord(tokens[0], 'INSERT')) return tokens;
  const values = find(tokens, 'VALUES');
  const behind = cursor(tokens.slice(values + 1));
  return values < 0 || behind.parens() === undefined ? tokens : tokens.slice(0, tokens.length - behind.rest().length);
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
