// What the demo itself says; the program's own lines come in its language.
export const words = {
  en: {
    help: `npm run demo [-- --keep] [-- --locale zh-CN] [-- --help]

Releases a small application (SQLite, two slots behind a router, requests running all the time) with the real program:
v1.1.0 goes through all steps; v1.2.0 turns bad in the canary and is rolled back; then v1.1.0 is rolled back by hand.
At the end everything is compared with what it was. Exit 0 only if all is as before and no request was lost.

  --keep     keep the folder with the system, its logs and its records
  --locale   en or zh-CN
  --help     this text
`,
    serves: 'v1.0.0 serves, 100 requests a second',
    acts: { release: 'a good release', bad: 'a release that turns bad', back: 'back by hand' },
    rows: 'rows',
    answered: 'answered',
    errors: (count) => `+${count} errors`,
    lost: 'lost',
    traffic: 'traffic',
    ended: (decision, code) => `${decision} (exit ${code})`,
    wrongEnd: (what, code, expected) => `runbook ${what} ended with ${code}, expected ${expected}`,
    back: (ms, budgetMs, within) =>
      `came back in ${seconds(ms)}, budget ${seconds(budgetMs)}: ${within ? 'kept' : 'exceeded'}`,
    table: ['', 'notes', 'labels', 'acknowledged', 'answered', 'errors', 'lost', 'came back', 'budget'],
    moments: ['before', 'v1.1.0 released', 'v1.2.0 rolled back', 'v1.1.0 rolled back'],
    asBefore: 'As before?',
    yes: 'yes',
    no: 'NO ',
    all: 'All is as before, and no request was lost.',
    not: 'Not all is as before.',
    kept: (root) => `kept: ${root} (records: home/.release-runbook/notes/demo/records)`,
    stopped: (signal) => `${signal}: ending what was started`,
    lostRequests: (lost) =>
      lost.length === 0 ? '0 requests without an answer' : `${lost.length} requests without an answer: ${lost[0]}`,
    wrongErrors: (found) =>
      `errors only of the version that turned bad${found === '' ? '' : `; there are also some of ${found}`}`,
    checks: {
      requests: 'requests',
      errors: 'errors',
      commands: 'commands',
      version: 'version',
      code: 'code, configuration',
      traffic: 'traffic',
      processes: 'processes',
      schema: 'schema',
      before: 'rows from before',
      since: 'rows written since',
      nobody: 'rows of nobody',
      file: 'database file',
    },
  },
  'zh-CN': {
    help: `npm run demo [-- --keep] [-- --locale zh-CN] [-- --help]

用真实的程序发布一个小应用（SQLite，路由器后面两个槽位，请求一直不断）：
v1.1.0 走完所有步骤；v1.2.0 在灰度中变坏并被回滚；然后手动回滚 v1.1.0。
最后把一切与发布前比较：只有全部如前、没有丢失请求时才以 0 退出。

  --keep     保留系统的文件夹、日志和记录
  --locale   en 或 zh-CN
  --help     本说明
`,
    serves: 'v1.0.0 正在服务，每秒 100 个请求',
    acts: { release: '一次好的发布', bad: '一次变坏的发布', back: '手动回滚' },
    rows: '行数',
    answered: '已应答',
    errors: (count) => `+${count} 个错误`,
    lost: '丢失',
    traffic: '流量',
    ended: (decision, code) => `${decision}（退出码 ${code}）`,
    wrongEnd: (what, code, expected) => `runbook ${what} 以 ${code} 结束，应为 ${expected}`,
    back: (ms, budgetMs, within) =>
      `恢复用时 ${seconds(ms)}，预算 ${seconds(budgetMs)}：${within ? '在预算内' : '超出'}`,
    table: ['', 'notes', 'labels', '已确认', '已应答', '错误', '丢失', '恢复用时', '预算'],
    moments: ['发布前', 'v1.1.0 已发布', 'v1.2.0 已回滚', 'v1.1.0 已回滚'],
    asBefore: '是否如前？',
    yes: '是',
    no: '否',
    all: '一切如前，没有丢失请求。',
    not: '并非一切如前。',
    kept: (root) => `已保留：${root}（记录：home/.release-runbook/notes/demo/records）`,
    stopped: (signal) => `${signal}：正在结束已启动的进程`,
    lostRequests: (lost) => (lost.length === 0 ? '没有得不到应答的请求' : `${lost.length} 个请求没有应答：${lost[0]}`),
    wrongErrors: (found) => `只有变坏的版本出错${found === '' ? '' : `；此外还有 ${found}`}`,
    checks: {
      requests: '请求',
      errors: '错误',
      commands: '命令',
      version: '版本',
      code: '代码与配置',
      traffic: '流量',
      processes: '进程',
      schema: '结构',
      before: '原有的行',
      since: '此后写入的行',
      nobody: '来历不明的行',
      file: '数据库文件',
    },
  },
};

const seconds = (ms) => (ms === null || ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`);

export { seconds };
