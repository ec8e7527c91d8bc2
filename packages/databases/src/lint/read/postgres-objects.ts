import type { RenameStmt } from 'libpg-query';
import type { Change } from '../changes.ts';
import { isWord } from './cursor.ts';
import { at, type Here } from './postgres-columns.ts';
import { dropped, relation, words } from './postgres-nodes.ts';

export function readRename(node: RenameStmt, here: Here): Change[] {
  const start = at(here);
  const table = relation(node.relation);
  const to = node.newname ?? '';
  const onTable = node.relationType === 'OBJECT_TABLE' || node.relationType === 'OBJECT_FOREIGN_TABLE';
  switch (node.renameType) {
    case 'OBJECT_TABLE':
      return [{ kind: 'rename-table', table, to: { schema: table.schema, name: to }, at: start }];
    case 'OBJECT_COLUMN':
      return onTable
        ? [{ kind: 'rename-column', table, column: node.subname ?? '', to, at: start }]
        : [
            {
              kind: 'rename-object',
              what: 'column',
              name: { schema: table.name, name: node.subname ?? '' },
              to,
              at: start,
            },
          ];
    case 'OBJECT_TABCONSTRAINT':
    case 'OBJECT_INDEX':
    case 'OBJECT_TRIGGER':
    case 'OBJECT_POLICY':
      return [{ kind: 'other', at: start }];
    default: {
      const name =
        node.relation !== undefined
          ? table
          : node.object !== undefined
            ? dropped(node.object)
            : { schema: undefined, name: node.subname ?? '' };
      if (node.renameType === 'OBJECT_DATABASE')
        return [{ kind: 'database', what: 'ALTER DATABASE', name: name.name, at: start }];
      if (node.renameType === 'OBJECT_ROLE')
        return [{ kind: 'rights', what: 'ALTER ROLE', password: false, at: start }];
      return [{ kind: 'rename-object', what: words(node.renameType), name, to, at: start }];
    }
  }
}

/** GRANT, REVOKE and what makes, changes and drops roles: told by its first words, and by a password that stands in it. */
export function readRights(_node: unknown, here: Here): Change[] {
  const [first, second] = here.tokens;
  const one = isWord(first, 'GRANT') || isWord(first, 'REVOKE');
  const what = one ? (first?.value ?? '') : `${first?.value ?? ''} ${second?.value ?? ''}`;
  const password = here.tokens.some(
    (token, index) => isWord(token, 'PASSWORD') && here.tokens[index + 1]?.kind === 'string',
  );
  return [{ kind: 'rights', what, password, at: at(here) }];
}
