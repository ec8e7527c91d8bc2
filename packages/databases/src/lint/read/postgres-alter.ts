import type { AlterTableCmd, AlterTableStmt } from 'libpg-query';
import type { Change } from '../changes.ts';
import type { Name } from '../names.ts';
import { isWord, split, written } from './cursor.ts';
import { at, type Here, readColumn, readConstraint } from './postgres-columns.ts';
import { nodeOf, relation, typeText } from './postgres-nodes.ts';
import type { Token } from './tokens.ts';

/** ALTER TABLE; each of its actions is a change at its own place. */
export function readAlterTable(node: AlterTableStmt, here: Here): Change[] {
  const table = relation(node.relation);
  if (node.objtype !== 'OBJECT_TABLE' && node.objtype !== 'OBJECT_FOREIGN_TABLE')
    return [{ kind: 'other', at: at(here) }];
  const parts = actions(here, at(here, node.relation?.location));
  return (node.cmds ?? []).flatMap((cmd, index) => {
    const action = nodeOf(cmd, 'AlterTableCmd');
    const tokens = parts[index] ?? here.tokens;
    return action === undefined ? [] : readAction(table, action, { ...here, tokens });
  });
}

/** The actions of an ALTER TABLE stand between commas, behind the table's name. */
function actions(here: Here, name: number): readonly (readonly Token[])[] {
  let first = here.tokens.findIndex((token) => token.start >= name) + 1;
  while (isWord(here.tokens[first], '.')) first += 2;
  if (isWord(here.tokens[first], '*')) first++;
  return split(here.tokens.slice(first));
}

function readAction(table: Name, cmd: AlterTableCmd, here: Here): Change[] {
  const start = at(here);
  const column = cmd.name ?? '';
  switch (cmd.subtype) {
    case 'AT_AddColumn': {
      const def = nodeOf(cmd.def, 'ColumnDef');
      return def === undefined
        ? []
        : [{ kind: 'add-column', table, spec: readColumn(here, def), placed: false, at: start }];
    }
    case 'AT_DropColumn':
      return [{ kind: 'drop-column', table, column, at: start }];
    case 'AT_AlterColumnType': {
      const def = nodeOf(cmd.def, 'ColumnDef');
      const using = here.tokens.findIndex((token) => isWord(token, 'USING'));
      return [
        {
          kind: 'alter-type',
          table,
          column,
          to: typeText(def?.typeName),
          using: def?.raw_default === undefined ? undefined : written(here.text, here.tokens.slice(using + 1)),
          at: start,
        },
      ];
    }
    case 'AT_ColumnDefault':
      return [{ kind: cmd.def === undefined ? 'drop-default' : 'set-default', table, column, at: start }];
    case 'AT_SetNotNull':
      return [{ kind: 'set-not-null', table, column, at: start }];
    case 'AT_DropNotNull':
      return [{ kind: 'drop-not-null', table, column, at: start }];
    case 'AT_AddIdentity':
    case 'AT_SetIdentity': {
      const always = nodeOf(cmd.def, 'Constraint')?.generated_when === 'a';
      return [{ kind: 'set-identity', table, column, always, at: start }];
    }
    case 'AT_SetExpression':
      return [{ kind: 'rewrite', table, what: 'SET EXPRESSION', blocks: true, at: start }];
    case 'AT_AddConstraint': {
      const def = nodeOf(cmd.def, 'Constraint');
      const constraint = def && readConstraint({ ...here, tokens: here.tokens.slice(1) }, def);
      return constraint === undefined ? [] : [{ kind: 'add-constraint', table, constraint, at: start }];
    }
    case 'AT_ValidateConstraint':
      return [{ kind: 'validate-constraint', table, name: column, at: start }];
    case 'AT_DropConstraint':
      return [{ kind: 'drop-constraint', table, what: 'CONSTRAINT', name: column, at: start }];
    case 'AT_SetLogged':
    case 'AT_SetUnLogged':
    case 'AT_SetAccessMethod':
    case 'AT_SetTableSpace':
      return [{ kind: 'rewrite', table, what: written(here.text, here.tokens), blocks: true, at: start }];
    case 'AT_EnableRowSecurity':
    case 'AT_ForceRowSecurity':
      return [{ kind: 'row-security', table, at: start }];
    case 'AT_DisableTrig':
    case 'AT_DisableTrigAll':
    case 'AT_DisableTrigUser':
      return [{ kind: 'checks-off', what: written(here.text, here.tokens), at: start }];
    case 'AT_AttachPartition':
      return [{ kind: 'partition', verb: 'attach', concurrently: false, table, at: start }];
    case 'AT_DetachPartition': {
      const concurrently = nodeOf(cmd.def, 'PartitionCmd')?.concurrent === true;
      return [{ kind: 'partition', verb: 'detach', concurrently, table, at: start }];
    }
    default:
      return [{ kind: 'other', at: start }];
  }
}
