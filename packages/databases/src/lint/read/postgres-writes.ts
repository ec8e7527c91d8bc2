import type { Node, WithClause } from 'libpg-query';
import type { Change, ChangeOf } from '../changes.ts';
import type { Name } from '../names.ts';
import { written } from './cursor.ts';
import { at, type Here } from './postgres-columns.ts';
import { alwaysTrue, nodeOf, relation } from './postgres-nodes.ts';

type Write = ChangeOf<'write'>;

/** What a statement writes to tables, also in its WITH. */
export function readWrites(node: Node | undefined, here: Here): Change[] {
  const base = {
    kind: 'write' as const,
    fromQuery: false,
    columns: [],
    reads: [],
    sql: written(here.text, here.tokens),
  };
  const place = (location: number | undefined) => (location === undefined ? at(here) : at(here, location));
  const insert = nodeOf(node, 'InsertStmt');
  if (insert !== undefined) {
    const columns = (insert.cols ?? []).flatMap((one) => nodeOf(one, 'ResTarget')?.name ?? []);
    const query = nodeOf(insert.selectStmt, 'SelectStmt');
    const fromQuery = query !== undefined && query.valuesLists === undefined;
    const table = relation(insert.relation);
    const reads = tablesRead(insert.selectStmt);
    const change: Write = { ...base, verb: 'insert', table, bounded: false, fromQuery, columns, reads, at: at(here) };
    return [...within(insert.withClause, here, place), change];
  }
  const update = nodeOf(node, 'UpdateStmt');
  if (update !== undefined) {
    const bounded = update.whereClause !== undefined && !alwaysTrue(update.whereClause);
    const columns = (update.targetList ?? []).flatMap((one) => nodeOf(one, 'ResTarget')?.name ?? []);
    const change: Write = { ...base, verb: 'update', table: relation(update.relation), bounded, columns, at: at(here) };
    return [...within(update.withClause, here, place), change];
  }
  const deleted = nodeOf(node, 'DeleteStmt');
  if (deleted !== undefined) {
    const bounded = deleted.whereClause !== undefined && !alwaysTrue(deleted.whereClause);
    const change: Write = { ...base, verb: 'delete', table: relation(deleted.relation), bounded, at: at(here) };
    return [...within(deleted.withClause, here, place), change];
  }
  const merge = nodeOf(node, 'MergeStmt');
  if (merge !== undefined)
    return [{ ...base, verb: 'update', table: relation(merge.relation), bounded: true, at: at(here) }];
  const truncate = nodeOf(node, 'TruncateStmt');
  if (truncate !== undefined)
    return (truncate.relations ?? []).flatMap((one, index): Change[] => {
      const range = nodeOf(one, 'RangeVar');
      const start = index === 0 ? at(here) : place(range?.location);
      return [{ ...base, verb: 'truncate', table: relation(range), bounded: false, at: start }];
    });
  return within(nodeOf(node, 'SelectStmt')?.withClause, here, place);
}

function within(clause: WithClause | undefined, here: Here, place: (location: number | undefined) => number): Change[] {
  return (clause?.ctes ?? []).flatMap((one) => {
    const cte = nodeOf(one, 'CommonTableExpr');
    return readWrites(cte?.ctequery, here).map((change) => ({ ...change, at: place(cte?.location) }));
  });
}

/** The tables of all FROM clauses in there. */
function tablesRead(node: unknown): Name[] {
  if (Array.isArray(node)) return node.flatMap(tablesRead);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'RangeVar' ? [relation(value as Parameters<typeof relation>[0])] : tablesRead(value),
  );
}
