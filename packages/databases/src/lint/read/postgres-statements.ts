import type { Node, VacuumStmt } from 'libpg-query';
import type { Change } from '../changes.ts';
import type { Name } from '../names.ts';
import { isWord, written } from './cursor.ts';
import { readAlterTable } from './postgres-alter.ts';
import { at, type Here, indexKeys, readColumn, readConstraint } from './postgres-columns.ts';
import {
  constant,
  dropped,
  listed,
  type NodeKind,
  type NodeOf,
  nodeOf,
  relation,
  strings,
  words,
} from './postgres-nodes.ts';
import { readRename, readRights } from './postgres-objects.ts';
import { readWrites } from './postgres-writes.ts';

type Read<K extends NodeKind> = (node: NodeOf<K>, here: Here) => Change[];

/** What one statement does. */
export function readNode(node: Node, here: Here): Change[] {
  const [kind = '', content] = Object.entries(node)[0] ?? [];
  const read = (READERS as Readonly<Record<string, ((content: unknown, here: Here) => Change[]) | undefined>>)[kind];
  const changes = read?.(content, here) ?? [];
  return changes.length === 0 ? [{ kind: 'other', at: at(here) }] : changes;
}

const READERS: { readonly [K in NodeKind]?: Read<K> } = {
  CreateStmt: (node, here) => {
    const table = relation(node.relation);
    const elements = node.tableElts ?? [];
    const columns = elements.flatMap((one) => nodeOf(one, 'ColumnDef') ?? []);
    const constraints = elements.flatMap((one) => nodeOf(one, 'Constraint') ?? []);
    // Only the names and types of a new table matter; its definitions need no text.
    const bare: Here = { ...here, tokens: [] };
    return [
      {
        kind: 'create-table',
        table,
        columns: columns.map((def) => readColumn(bare, def)),
        constraints: constraints.flatMap((one) => readConstraint(bare, one) ?? []),
        temporary: node.relation?.relpersistence === 't',
        ifNotExists: node.if_not_exists === true,
        at: at(here),
      },
    ];
  },
  CreateTableAsStmt: (node, here) => {
    const created = createdFrom(relation(node.into?.rel), node.into?.rel?.relpersistence === 't', here);
    return node.objtype === 'OBJECT_MATVIEW'
      ? [
          {
            kind: 'create-object',
            what: 'materialized view',
            name: relation(node.into?.rel),
            replaces: false,
            at: at(here),
          },
        ]
      : [created, ...readWrites(node.query, here)];
  },
  SelectStmt: (node, here) =>
    node.intoClause === undefined
      ? readWrites({ SelectStmt: node }, here)
      : [createdFrom(relation(node.intoClause.rel), node.intoClause.rel?.relpersistence === 't', here)],
  AlterTableStmt: readAlterTable,
  RenameStmt: readRename,
  AlterObjectSchemaStmt: (node, here) => {
    const table = relation(node.relation);
    const to = { schema: node.newschema, name: table.name };
    return node.objectType === 'OBJECT_TABLE'
      ? [{ kind: 'rename-table', table, to, at: at(here) }]
      : [
          {
            kind: 'rename-object',
            what: words(node.objectType),
            name: named(node),
            to: node.newschema ?? '',
            at: at(here),
          },
        ];
  },
  DropStmt: (node, here) => {
    const what = words(node.removeType);
    const names = (node.objects ?? []).map((object) => dropped(object));
    const places = placesOf(here, names);
    return names.map((name, index): Change => {
      const start = places[index] ?? at(here);
      if (what === 'table' || what === 'foreign table') return { kind: 'drop-table', table: name, at: start };
      const concurrently = node.concurrent === true;
      if (what === 'index') return { kind: 'drop-index', name, table: undefined, concurrently, at: start };
      // A trigger, policy or rule is listed behind its table.
      const onTable = ['trigger', 'policy', 'rule'].includes(what);
      const table = onTable && name.schema !== undefined ? { schema: undefined, name: name.schema } : undefined;
      return { kind: 'drop-object', what, name: onTable ? { ...name, schema: undefined } : name, table, at: start };
    });
  },
  IndexStmt: (node, here) => {
    const where = here.tokens.findIndex((token) => isWord(token, 'WHERE'));
    const table = relation(node.relation);
    const behind = here.tokens.filter((token) => token.start > at(here, node.relation?.location));
    return [
      {
        kind: 'create-index',
        name: node.idxname,
        table,
        unique: node.unique === true,
        ...indexKeys(here.text, behind, node.indexParams),
        where: node.whereClause === undefined ? undefined : written(here.text, here.tokens.slice(where + 1)),
        nullsEqual: node.nulls_not_distinct === true,
        concurrently: node.concurrent === true,
        method: undefined,
        sql: written(here.text, here.tokens),
        at: at(here),
      },
    ];
  },
  CreateTrigStmt: (node, here) => [
    { kind: 'create-trigger', table: relation(node.relation), name: node.trigname ?? '', at: at(here) },
  ],
  RuleStmt: (node, here) => [
    { kind: 'create-trigger', table: relation(node.relation), name: node.rulename ?? '', at: at(here) },
  ],
  CreatePolicyStmt: (node, here) => [{ kind: 'row-security', table: relation(node.table), at: at(here) }],
  ViewStmt: (node, here) => [
    { kind: 'create-object', what: 'view', name: relation(node.view), replaces: node.replace === true, at: at(here) },
  ],
  CreateFunctionStmt: (node, here) => {
    const what = node.is_procedure === true ? 'procedure' : 'function';
    const name = listed(node.funcname);
    return [{ kind: 'create-object', what, name, replaces: node.replace === true, at: at(here) }];
  },
  CreateEnumStmt: (node, here) => [
    { kind: 'create-object', what: 'type', name: listed(node.typeName), replaces: false, at: at(here) },
  ],
  CreateSchemaStmt: (node, here) => {
    const name = { schema: undefined, name: node.schemaname ?? '' };
    const inside = (node.schemaElts ?? []).flatMap((one) => readNode(one, here));
    return [{ kind: 'create-object', what: 'schema', name, replaces: false, at: at(here) }, ...inside];
  },
  AlterEnumStmt: (node, here) => {
    const type = listed(node.typeName);
    const value = node.newVal ?? '';
    return node.oldVal === undefined
      ? [{ kind: 'add-enum-value', type, value, at: at(here) }]
      : [{ kind: 'rename-enum-value', type, value: node.oldVal, to: value, at: at(here) }];
  },
  InsertStmt: (node, here) => readWrites({ InsertStmt: node }, here),
  UpdateStmt: (node, here) => readWrites({ UpdateStmt: node }, here),
  DeleteStmt: (node, here) => readWrites({ DeleteStmt: node }, here),
  MergeStmt: (node, here) => readWrites({ MergeStmt: node }, here),
  TruncateStmt: (node, here) => readWrites({ TruncateStmt: node }, here),
  TransactionStmt: (node, here) => {
    const kind = node.kind ?? 'TRANS_STMT_BEGIN';
    const verb =
      kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START'
        ? 'begin'
        : kind === 'TRANS_STMT_COMMIT' || kind === 'TRANS_STMT_PREPARE' || kind === 'TRANS_STMT_COMMIT_PREPARED'
          ? 'commit'
          : kind === 'TRANS_STMT_ROLLBACK' || kind === 'TRANS_STMT_ROLLBACK_PREPARED'
            ? 'rollback'
            : 'savepoint';
    return [{ kind: 'transaction', verb, at: at(here) }];
  },
  VariableSetStmt: (node, here) => {
    if (node.kind !== 'VAR_SET_VALUE') return [];
    const name = node.name ?? '';
    const value = constant(node.args?.[0])?.toLowerCase() ?? '';
    if (name === 'session_replication_role' && value === 'replica')
      return [{ kind: 'checks-off', what: 'session_replication_role = replica', at: at(here) }];
    return [{ kind: 'setting', name, value, scope: node.is_local === true ? 'transaction' : 'session', at: at(here) }];
  },
  AlterSystemStmt: (node, here) => [
    { kind: 'setting', name: node.setstmt?.name ?? '', value: '', scope: 'server', at: at(here) },
  ],
  AlterDatabaseSetStmt: (node, here) => [
    { kind: 'setting', name: node.setstmt?.name ?? '', value: '', scope: 'server', at: at(here) },
  ],
  VacuumStmt: (node, here) => {
    if (node.is_vacuumcmd !== true) return [];
    const verb = hasOption(node.options, 'full') ? 'vacuum-full' : 'vacuum';
    return [{ kind: 'maintain', verb, concurrently: false, table: vacuumed(node), at: at(here) }];
  },
  ClusterStmt: (node, here) => [
    { kind: 'maintain', verb: 'cluster', concurrently: false, table: some(node.relation), at: at(here) },
  ],
  ReindexStmt: (node, here) => {
    const concurrently = hasOption(node.params, 'concurrently');
    return [{ kind: 'maintain', verb: 'reindex', concurrently, table: some(node.relation), at: at(here) }];
  },
  RefreshMatViewStmt: (node, here) => {
    const concurrently = node.concurrent === true;
    return [{ kind: 'maintain', verb: 'refresh', concurrently, table: some(node.relation), at: at(here) }];
  },
  LockStmt: (node, here) => [
    { kind: 'lock-table', table: some(nodeOf(node.relations?.[0], 'RangeVar')), at: at(here) },
  ],
  CopyStmt: (node, here) => {
    const what = `COPY ${node.is_from === true ? 'FROM' : 'TO'}`;
    return [{ kind: 'load', what, table: some(node.relation), at: at(here) }];
  },
  CreatedbStmt: (node, here) => [{ kind: 'database', what: 'CREATE DATABASE', name: node.dbname ?? '', at: at(here) }],
  DropdbStmt: (node, here) => [{ kind: 'database', what: 'DROP DATABASE', name: node.dbname ?? '', at: at(here) }],
  AlterDatabaseStmt: (node, here) => [
    { kind: 'database', what: 'ALTER DATABASE', name: node.dbname ?? '', at: at(here) },
  ],
  GrantStmt: readRights,
  GrantRoleStmt: readRights,
  AlterDefaultPrivilegesStmt: readRights,
  CreateRoleStmt: readRights,
  AlterRoleStmt: readRights,
  AlterRoleSetStmt: readRights,
  DropRoleStmt: readRights,
  CallStmt: (_node, here) => [{ kind: 'opaque', what: 'CALL', parts: 0, at: at(here) }],
  ExecuteStmt: (_node, here) => [{ kind: 'opaque', what: 'EXECUTE', parts: 0, at: at(here) }],
};

const createdFrom = (table: Name, temporary: boolean, here: Here): Change => ({
  kind: 'create-table',
  table,
  columns: [],
  constraints: [],
  temporary,
  ifNotExists: false,
  at: at(here),
});

const some = (range: NodeOf<'RangeVar'> | undefined): Name | undefined =>
  range === undefined ? undefined : relation(range);

const named = (node: NodeOf<'AlterObjectSchemaStmt'>): Name =>
  node.relation === undefined ? dropped(node.object) : relation(node.relation);

/** Where each of these names stands; the statement's begin for the first. */
function placesOf(here: Here, names: readonly Name[]): (number | undefined)[] {
  let next = 0;
  return names.map(({ name }, index) => {
    const found = here.tokens.findIndex((token, i) => i >= next && token.value.toLowerCase() === name.toLowerCase());
    if (found >= 0) next = found + 1;
    return index === 0 || found < 0 ? undefined : here.tokens[found]?.start;
  });
}

const hasOption = (options: readonly Node[] | undefined, name: string): boolean =>
  (options ?? []).some((option) => {
    const element = nodeOf(option, 'DefElem');
    const value = nodeOf(element?.arg, 'String')?.sval ?? strings(element?.arg === undefined ? [] : [element.arg])[0];
    return element?.defname === name && !/^(off|false|0)$/i.test(value ?? '');
  });

const vacuumed = (node: VacuumStmt): Name | undefined => some(nodeOf(node.rels?.[0], 'VacuumRelation')?.relation);
