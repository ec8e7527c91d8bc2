import type { Rule } from '../rules.ts';
import type { Params, Words } from './en.ts';

/** Chinese wants a space behind a name in Latin letters, and none before a mark. */
const index = (p: Params, behind = ' ') => (p.name === '' ? '索引' : `索引 ${p.name}${behind}`);
const named = (p: Params) => (p.name === '' ? '' : ` ${p.name}`);

const REWRITES: Readonly<Record<string, string>> = {
  online: '应用可继续读写，但需要双倍空间，且从库会延迟',
  'sqlite-lock': '期间该数据库的其他写入都要等待',
  'perhaps-volatile': '若默认值逐行计算，期间读写都要等待',
};

const texts: Readonly<Record<Rule, (p: Params) => string>> = {
  'drop-table': (p) => `删除表 ${p.table}：${p.when}，旧版本访问它会失败`,
  'drop-column': (p) => `删除列 ${p.column}：${p.when}，旧版本访问它会失败`,
  'drop-object': (p) => `删除 ${p.what} ${p.name}：${p.when}，旧版本用到它的操作会失败`,
  'drop-constraint': (p) =>
    `删除 ${p.table} 的 ${p.what}${named(p)}：${p.when}，旧版本写入的行不再受约束，依赖它的 upsert 会失败`,
  'drop-index': (p) => `删除${index(p, '')}：${p.when}，旧版本依赖它的查询会变慢`,
  'drop-default': (p) => `${p.column} 失去默认值：${p.when}，旧版本依赖默认值的插入会得到 NULL 或失败`,
  'drop-not-null': (p) => `${p.column} 允许为 NULL：${p.when}，旧版本可能未考虑到`,
  'rename-table': (p) => `表 ${p.table} 改名为 ${p.to}：${p.when}，旧版本找不到它`,
  'rename-column': (p) => `列 ${p.column} 改名为 ${p.to}：${p.when}，旧版本找不到它`,
  'rename-object': (p) => `${p.what} ${p.name} 改名为 ${p.to}：${p.when}，旧版本找不到它`,
  'replace-object': (p) => `${p.what} ${p.name} 被替换：${p.when}，旧版本用到的也是新的定义`,
  'narrow-type': (p) =>
    `${p.column} 变窄${p.from === '' ? '' : `（${p.from} → ${p.to}）`}：${p.when}，旧版本写入放不下的值会失败或被截断`,
  'change-type': (p) =>
    p.from === ''
      ? `${p.column} 改为 ${p.to}，当前类型未知：${p.when}，旧版本按其他类型读写会失败`
      : `${p.column} 由 ${p.from} 改为 ${p.to}：${p.when}，旧版本仍按 ${p.from} 读写`,
  'restate-column': (p) =>
    `${p.column} 被整体重新定义，当前定义未知：未重复写出的 NOT NULL、DEFAULT、COMMENT、AUTO_INCREMENT、字符集会丢失，更小的类型会截断或拒绝值`,
  'set-not-null': (p) => `${p.column} 改为 NOT NULL：${p.when}，旧版本不带值的写入会失败`,
  'add-column-not-null': (p) =>
    `新列 ${p.column} 为 NOT NULL 且无默认值：${p.when}，不认识它的旧版本无法插入${p.what === 'refused' ? '；表中有数据时该语句本身也会失败' : ''}`,
  'add-unique': (p) => `${p.table} 的 (${p.list}) 要求唯一：${p.when}，旧版本写入重复值会失败`,
  'add-primary-key': (p) => `(${p.list}) 成为 ${p.table} 的主键：${p.when}，旧版本写入重复值或空值会失败`,
  'add-check': (p) => `${p.table} 新增 CHECK${named(p)}：${p.when}，旧版本写入不满足条件的行会失败`,
  'add-foreign-key': (p) =>
    `${p.table} 的 (${p.list}) 成为指向 ${p.to} 的外键：${p.when}，旧版本违反它的写入和删除会失败`,
  'add-trigger': (p) => `${p.table} 新增触发器 ${p.name}：${p.when}，旧版本的写入同样会触发它`,
  'add-event': (p) => `事件 ${p.name} 创建后立即自行运行，在预演的副本上也一样`,
  'drop-enum-value': (p) => `${p.column} 去掉 ${p.list}：${p.when}，旧版本写入它会失败，已有的行会变空或使语句中止`,
  'rename-enum-value': (p) =>
    `${p.name} 的值 ${p.from} 改为 ${p.to}：${p.when}，旧版本写入 ${p.from} 会失败，并会读到不认识的值`,
  'new-enum-value': (p) => `${p.name} 新增值 ${p.to}：${p.when}，旧版本可能读到不认识的值`,
  'identity-always': (p) => `${p.column} 改为 GENERATED ALWAYS：${p.when}，旧版本带值插入会失败`,
  'row-security': (p) => `${p.table} 启用行级安全：${p.when}，旧版本可能在没有报错的情况下看不到或写不了行`,

  'index-locks': (p) =>
    p.what === 'database'
      ? `创建 ${p.table} 的${index(p)}期间，该数据库的其他写入都要等待${p.rows}`
      : `创建${index(p)}期间，对 ${p.table} 的写入要等待${p.rows}`,
  'drop-index-locks': (p) => `删除${index(p)}时加的锁会让该表上的所有查询等待`,
  'constraint-builds-index': (p) => `${p.what}${named(p)} 要建索引，期间对 ${p.table} 的读写都要等待${p.rows}`,
  'constraint-scans': (p) =>
    `${p.what}${named(p)} 要读完整张表 ${p.table}，期间${p.to === '' ? '对它的读写' : `对它和 ${p.to} 的写入`}都要等待${p.rows}`,
  'not-null-scans': (p) => `对 ${p.column} 执行 SET NOT NULL 要读完整张表，期间对它的读写都要等待${p.rows}`,
  'table-rewrite': (p) =>
    p.to === ''
      ? `${p.what} 要重写整张表 ${p.table}，期间对它的读写都要等待${p.rows}`
      : `${p.what} 要重写整张表 ${p.table}：${REWRITES[p.to] ?? p.to}${p.rows}`,
  'table-copy': (p) => `${p.what} 要复制整张表 ${p.table}，期间对它的写入要等待${p.rows}`,
  'change-charset': (p) =>
    `${p.table} 的字符集改为 ${p.to}：整张表要转换，期间写入要等待；更长的编码可能使索引被截短、类型改变${p.rows}`,
  'change-primary-key': (p) =>
    `${p.table} 的主键改变：整张表和所有索引都要重建${p.what === '' ? '' : '，期间写入要等待'}${p.rows}`,
  'vacuum-full': (p) => `VACUUM FULL 要重写 ${p.table}，期间对它的读写都要等待${p.rows}`,
  cluster: (p) => `CLUSTER 要重写 ${p.table}，期间对它的读写都要等待${p.rows}`,
  reindex: (p) => `REINDEX 要重建 ${p.table} 的索引，期间对它的写入和用到这些索引的查询都要等待${p.rows}`,
  'refresh-locks': (p) => `REFRESH MATERIALIZED VIEW 完成之前，无法读取 ${p.table}`,
  'partition-locks': (p) =>
    `${p.table} 的 ${p.what}：${p.to === 'attach' ? '除非已有 CHECK 证明其范围，否则要在锁内读完新分区的所有行' : p.to === 'detach' ? '整张表的读写都要等待' : '要复制分区，期间对它们的写入要等待'}`,
  'lock-table': (p) => `LOCK TABLE 使其他会话等待${p.table === '' ? '' : ` ${p.table}`}，直到事务结束`,
  'backfill-under-lock': (p) =>
    `写入 ${p.table} 时，本文件的事务仍持有第 ${p.what} 行的锁：两者都完成之前，对 ${p.list} 的读写都要等待`,
  'no-lock-timeout': (p) =>
    `要锁住 ${p.table}，却未设置 ${p.what}：前面有一个长查询，该语句就会一直等，后面对该表的所有查询也跟着等`,
  'concurrently-in-transaction': (p) => `${p.what} 不能在事务中运行：文件会在此处失败`,

  'delete-without-where': (p) => `DELETE 没有起作用的 WHERE：${p.table} 的所有行都会被删除${p.rows}`,
  'update-without-where': (p) => `UPDATE 没有起作用的 WHERE：一次性锁住并写入 ${p.table} 的所有行${p.rows}`,
  truncate: (p) => `TRUNCATE 清空 ${p.table}${p.rows}：旧版本将找不到数据，只有还原才能取回`,
  'drop-partition': (p) => `${p.table} 一个分区中的行随之消失：只有还原才能取回`,
  'table-rebuild': (p) =>
    p.what === 'swap'
      ? `${p.table} 被另一张预先填好的表取代：复制与交换之间写入的行会丢失，触发器、权限和外键仍留在旧表上`
      : `${p.table} 被重建：旧版本用到的列必须都在，其索引、触发器和视图须在之后重新创建`,
  'rebuild-order': (p) =>
    `${p.table} 在新表就位之前就被改名：其他表的外键、触发器和视图会跟着指向 ${p.to}，删除它之后仍指向那里`,
  'rebuild-cascades': (p) =>
    `在启用外键的情况下删除 ${p.table}：SQLite 会先删除它的行，有 ON DELETE CASCADE 时指向它的行也一并删除`,
  'checks-off': (p) => `${p.what}：相应的检查不再进行，错误的行会无声地留下`,
  'load-data': (p) => `${p.what} 需要一个既不在发布内容中、也不在预演中的文件或数据流`,

  'syntax-error': (p) => `语法错误：${p.what}`,
  unsupported: (p) => (p.to === '' ? `SQLite 没有 ${p.what}` : `SQLite ${p.to} 起才支持 ${p.what}：更早的版本会拒绝`),
  'unknown-statement': (p) => `${p.what} 不是已知语句的开头：对它不作判断`,
  'not-looked-into': (p) =>
    p.list === ''
      ? `未检查 ${p.what} 的内容：它做了什么只有预演才能看到`
      : `只检查了 ${p.what} 的一部分（${p.list} 处）：它拼接的语句和走的分支只有预演才能看到`,
  'explicit-transaction': (p) =>
    p.to === 'own'
      ? `${p.what} 结束文件自己的事务：之后的语句失败时，已提交的内容会留下`
      : `${p.what} 打断了应用此文件的事务：之后的语句失败时，它之前的内容会留下`,
  'implicit-commit': (p) => `${p.what} 会自行提交当前事务：ROLLBACK 既撤不回它，也撤不回它之前的内容`,
  'half-applied': (p) =>
    p.what === 'outside'
      ? '此文件含有不能放进事务的语句，因此整个文件都不在事务里：中途失败会使文件只应用一半'
      : p.what === 'mixed'
        ? '此文件既改表结构又改数据：每次改表结构都会自行提交，中途失败会使文件只应用一半'
        : '此文件多次改表结构，每次都会自行提交：中途失败会使文件只应用一半',
  'enum-value-in-transaction': (p) => `在把 ${p.to} 加入 ${p.name} 的同一事务中使用它：PostgreSQL 会拒绝`,
  'pragma-without-effect': (p) => `PRAGMA ${p.what} 在事务中不起作用，而此文件在事务中应用`,
  'needs-delimiter': () => '此程序体含有分号：除非用 DELIMITER 另行指定，mysql 程序会在第一个分号处结束语句',
  'client-command': (p) => `${p.what} 是某个客户端程序的命令，不是 SQL：由其他客户端应用此文件时会被拒绝`,
  database: (p) => `${p.what} ${p.name}：一次迁移只改一个数据库，它的备份也无法恢复另一个数据库`,
  'other-database': (p) => `指名了 ${p.name}：在预演中或交换之后，它可能不是正在迁移的数据库`,
  rights: (p) => `${p.what}：用户和权限不在数据库备份之内，撤销迁移也不会收回它们`,
  'password-in-sql': () => '此文件中写有密码，因此它也在代码仓库和服务器日志中',
  'server-setting': (p) => `${p.what} 对整个服务器生效：其他数据库也受影响，且无法随迁移撤销`,
  waiver: (p) => p.what,
};

const say: Words['say'] = {
  now: '本次发布中：',
  laterAlone: '在之后的发布中、旧版本全部停止后再做。',
  later: '在之后的发布中，待旧版本全部停止后：',
  without: (what) => `本次发布中，让新版本不再用到 ${what}，但先保留在数据库里。`,
  insertsWithout: (column) => `为使新版本插入时可以不带 ${column}：`,
  instead: '改为：',
  unlessFits: (what) => `本次发布中，新版本只向 ${what} 写入今后允许的内容。`,
  alwaysWrites: (column) => `本次发布中，新版本总是给 ${column} 赋值。`,
  defaultFor: '由数据库为旧版本写入的行补上一个值（值自行选择）：',
  nullsLeft: '补全尚无值的行；重复执行，直到不再改动任何行：',
  batches: '再把已有的内容带过来；重复执行，直到不再改动任何行：',
  sync: '在两个版本都可能写入期间保持两列一致：',
  typeOfOld: '类型与旧列相同，此处尚不知道。',
  asFor: (rule) => `同上（${rule}）。`,
  syncByCode: '新版本两列都写，读新列。',
  readNew: '新版本读写新列。',
  columnAlone: '先只加列，再加对它的约束：',
  count: '先计数，结果必须为 0：',
  ownFile: '放在单独的文件中（该文件不在事务里应用）：',
  failedIndex: '若失败会留下一个无效的索引；重试之前：',
  thenFile: '然后放在另一个文件中，以免期间一直持有第一个锁：',
  keepName: (name) => `数据库中保留名称 ${name}，只在代码中使用新名称。`,
  newName: (name) => `给新定义另起名称，把 ${name} 留给旧版本。`,
  dropOld: '在之后的发布中再删除旧的。',
  readBoth: (value) => `本次发布中，新版本能识别 ${value}，但先不写入。`,
  writeThen: (value) => `在之后的发布中，待旧版本全部停止后再写入 ${value}。`,
  unused: '看它是否还在使用；此数字仍在增长就先保留：',
  invisible: '先只对优化器隐藏，可以立即恢复：',
  quiet: '安排在应用不写入的时段，时长以预演测得的为准。',
  onlineTool: '可由工具在不影响写入的情况下复制表：gh-ost、pt-online-schema-change。',
  needsUnique: '需要该视图上有一个覆盖所有行的唯一索引。',
  bounds: '先在分区上用 CHECK 写明它的范围，挂载时就无需读取它。',
  chooseRows: '用条件选出行，并先计数：',
  inBatches: '放在单独的文件中分批写入；重复执行，直到不再改动任何行：',
  separateFiles: '把改表结构和写数据放在不同的文件中。',
  oneStatement: '每个文件只改一次表结构；同一张表的多处改动写成一条语句；数据放在单独的文件中。',
  timeout: '在文件开头：',
  remove: (what) => `从文件中去掉 ${what}。`,
  repeat: '重复它的完整定义；下面的语句显示当前定义：',
  rebuild: '在同一文件中重新创建索引、触发器和视图，并在末尾检查：',
  rebuildAs: (added, old) => `在 ${old} 旁按新结构创建 ${added}；下面的语句显示 ${old} 及其索引、触发器的定义：`,
  rebuildWith: (what) => (added, old) =>
    `按 ${old} 的定义加上 ${what} 创建 ${added}；下面的语句显示它及其索引、触发器的定义：`,
  rebuildWithout: (what) => (added, old) =>
    `按 ${old} 的定义去掉 ${what} 创建 ${added}；下面的语句显示它及其索引、触发器的定义：`,
  rebuildSwap: '然后复制、删除、改名，重新创建索引和触发器，并检查：',
  ordinary: '普通的 VACUUM 不加这样的锁，空间可供服务器再次使用：',
  byHand: '由服务器管理员在发布之前手工完成。',
  secret: '由服务器管理员设置密码；进过代码仓库的密码必须更换。',
  insertRows: '把行写成 INSERT，或由随发布发送的迁移脚本（`run:`）装入。',
  rehearseIt: '查看预演显示的表结构和行。',
  plain: '尽可能写成独立的 SQL 语句。',
  byDefault: '让带值的插入仍可进行：',
  delimiter: '在它前面加 DELIMITER //，在其 END 之后加 //，再恢复 DELIMITER ;。',
  swap: '把列加到原表上，再分批填充。',
  noticeOff: '保留检查，修正它指出的行。',
  ignoresOld: '让触发器原样放过旧版本写入的行。',
  disabledEvent: '创建时先停用，由新版本启用：',
  sequence: '先加不带编号的列，再分批编号：',
  defaultLater: '先加空列，再为新行设置默认值，然后填充：',
  statedValue: '做成由应用填写的普通列，或在视图中计算。',
};

const probe: Words['probe'] = {
  duplicates: (of) => `${of}：重复值`,
  nulls: (of) => `${of}：没有值的行`,
  orphans: (of, to) => `${of}：在 ${to} 中找不到对应行的行`,
  violations: (of, condition) => `${of}：不满足 ${condition} 的行`,
  tooLong: (of, type) => `${of}：放不进 ${type} 的值`,
  gone: (of, list) => `${of}：值为 ${list} 的行`,
  rows: (of) => `${of}：行数，该语句要求空表`,
  none: (label) => `${label}：无`,
  found: (label, count) => `${label}：${count}`,
  written: '；迁移在此之前会写该表，可能已修正：以预演为准',
};

const waiver: Words['waiver'] = {
  unknownRule: (rule, nearest) =>
    `此豁免写的规则 ${rule} 不存在${nearest === undefined ? '' : `：是否指 ${nearest}？`}`,
  noReason: (rule) => `对 ${rule} 的豁免没有写理由，不予采纳：-- release-runbook: allow ${rule}: 理由`,
  unused: (rule) => `对 ${rule} 的豁免后面没有可豁免的内容`,
  form: '无法识别此豁免：-- release-runbook: allow RULE: 理由',
};

export const zh: Words = {
  texts,
  say,
  probe,
  waiver,
  canary: '两个版本并行期间',
  comeBack: '退回旧版本之后',
  rows: (count) => `（${count} 行）`,
  usedColumn: (column) => `对键或索引用到的 ${column} 的 DROP COLUMN`,
};
