import type { DoStmt } from 'libpg-query';
import type { Change, Comment, Statement } from '../changes.ts';
import { isWord, written } from './cursor.ts';
import { at, type Here } from './postgres-columns.ts';
import { nodeOf } from './postgres-nodes.ts';
import type { Parser } from './postgres-parser.ts';
import { readNode } from './postgres-statements.ts';
import { pieces } from './split.ts';
import { type Token, tokenize } from './tokens.ts';

const VERBS = new Set('ALTER CREATE DROP TRUNCATE DELETE UPDATE INSERT GRANT REVOKE LOCK COPY WITH REINDEX'.split(' '));
/** Words of PL/pgSQL behind which a statement may begin. */
const BEFORE = new Set(['BEGIN', 'THEN', 'ELSE', 'LOOP', '>']);

/**
 * A DO block: the statements in it that PostgreSQL's grammar takes as they are, also those that stand as a text behind EXECUTE.
 * What it puts together, and whether it comes to them, is not seen.
 */
export function readBlock(parser: Parser, node: DoStmt, here: Here): Pick<Statement, 'changes' | 'comments'> {
  const own = at(here);
  const options = (node.args ?? []).flatMap((arg) => nodeOf(arg, 'DefElem') ?? []);
  const language = nodeOf(options.find(({ defname }) => defname === 'language')?.arg, 'String')?.sval ?? 'plpgsql';
  const body = here.tokens.findLast((token) => token.kind === 'string' && token.text.startsWith('$'));
  const readable = language === 'plpgsql' && body !== undefined;
  const { changes, comments } = readable ? readCode(parser, here.text, body) : { changes: [], comments: [] };
  const what = language === 'plpgsql' ? 'DO' : `DO (${language})`;
  return { changes: [{ kind: 'opaque', what, parts: changes.length, at: own }, ...changes], comments };
}

function readCode(parser: Parser, text: string, body: Token): { changes: Change[]; comments: readonly Comment[] } {
  const opening = body.text.indexOf('$', 1) + 1;
  // The code before is blanked, so that offsets are those of the file.
  const code = ' '.repeat(body.start + opening) + text.slice(body.start + opening, body.end - opening);
  const { tokens, comments } = tokenize(code, 'postgres');
  return { changes: pieces(tokens, 'postgres').flatMap((piece) => readPiece(parser, code, piece.tokens)), comments };
}

function readPiece(parser: Parser, code: string, tokens: readonly Token[]): Change[] {
  const executed = tokens.findIndex((token) => isWord(token, 'EXECUTE'));
  const literal = tokens[executed + 1];
  if (executed >= 0 && literal?.kind === 'string' && !isWord(tokens[executed + 2], '|')) {
    // Doubled quotation marks would shift what stands behind them: then all of it is at the text's begin.
    const shifted = literal.value.length !== literal.text.length - 2 && !literal.text.startsWith('$');
    const inside = literal.start + (literal.text.startsWith('$') ? literal.text.indexOf('$', 1) + 1 : 1);
    return readText(parser, literal.value, inside, shifted);
  }
  const verb = tokens.findIndex(
    (token, index) =>
      token.kind === 'word' && VERBS.has(token.value) && (index === 0 || BEFORE.has(tokens[index - 1]?.value ?? '')),
  );
  if (verb < 0) return [];
  return readText(parser, written(code, tokens.slice(verb)), tokens[verb]?.start ?? 0, false);
}

function readText(parser: Parser, sql: string, start: number, shifted: boolean): Change[] {
  const parsed = parser(sql);
  if ('message' in parsed) return [];
  const tokens = tokenize(sql, 'postgres').tokens;
  return parsed.flatMap((one) => {
    const own = tokens.filter((token) => token.start >= one.start && token.start < one.end && token.kind !== 'end');
    const changes = readNode(one.node, { text: sql, tokens: own, offset: one.offset });
    return changes.map((change) => moved(change, shifted ? () => start : (offset) => start + offset));
  });
}

/** A change with its places, and those of the constraints in it, moved. */
function moved(change: Change, to: (offset: number) => number): Change {
  const at = to(change.at);
  if (change.kind === 'add-constraint')
    return { ...change, at, constraint: { ...change.constraint, at: to(change.constraint.at) } };
  if (change.kind === 'add-column') {
    const constraints = change.spec.constraints.map((one) => ({ ...one, at: to(one.at) }));
    return { ...change, at, spec: { ...change.spec, constraints } };
  }
  return { ...change, at };
}
