import { counted } from '@release-runbook/units/count';
import type { Locale } from '@release-runbook/views/messages';

// What the terminal alone says. Texts of a release's state come from the views, and speak the same two languages.

const en = {
  done: { proceed: 'done', hold: 'holds', refuse: 'refused', 'roll-back': 'failed', failed: 'broken' },
  budget: (took: string, budget: string | undefined, within: boolean) =>
    budget === undefined
      ? `Came back in ${took}.`
      : `Came back in ${took}; the budget is ${budget}: ${within ? 'kept' : 'exceeded'}.`,
  record: (release: string | null, place: string) =>
    `Record: ${place}${release === null ? '' : `, release ${release}`}`,
  next: (text: string) => `Next: ${text}`,
  afterwards: (first: string, command: string) => `${first}; then: ${command}`,
  stopping: (undo: boolean) =>
    `stopping: nothing new is started${undo ? '; what this release changed is brought back' : ''}. Once more ends this program at once`,
  ended: 'ended at once. What was begun is in the record: runbook status, then runbook rollback',
  cancelled: 'stopped by hand',
  cancelledRollback: 'the release was stopped by hand; bringing back what it changed',
  rollingBack: (release: string) => `bringing back release ${release}`,
  noRollback: (release: string) => `left as it is (--no-rollback): runbook rollback --release ${release}`,
  joins: (release: string, status: string) => `release ${release} is ${status}: going on with it`,
  confirm: (version: string, environment: string) => `Release ${version} to ${environment} as planned? [y/N] `,
  declined: 'not released: nothing was changed',
  confirmRollback: 'Bring it back? [y/N] ',
  declinedRollback: 'not brought back: nothing was changed',
  notTold: (why: string) => `what it would cost cannot be told now: ${why}`,
  left: (duration: string) => `${duration} left`,
  of: (done: string, total: string) => `${done} of ${total}`,
  bug: (message: string) => `runbook broke by a mistake of its own: ${message}`,
  bugState: (release: string | undefined) =>
    release === undefined
      ? 'Nothing was changed by this call so far as it knows; see: runbook status'
      : `The record of release ${release} tells what was begun: runbook status; then run the same command again, or runbook rollback.`,
  bugReport: 'Please report this, with the output of the same command under RUNBOOK_DEBUG=1.',
  check: {
    fine: (file: string, environments: string) => `${file} is right (${environments})`,
    warning: 'warning: ',
    total: (file: string, problems: number, warnings: number) =>
      `${file}: ${counted(problems, 'problem')}, ${counted(warnings, 'warning')}`,
    only: (names: string) => `in ${names}`,
  },
  status: {
    serving: (version: string, since: string) => `Serving: ${version}, since ${since} UTC`,
    nothing: (previous: string | undefined) =>
      previous === undefined
        ? 'Serving: nothing that a record tells of'
        : `Serving: ${previous}, as \`previous:\` says; no release since`,
    free: (epoch: number) => `Lock: free (epoch ${epoch})`,
    held: (holder: string, epoch: number) => `Lock: held by ${holder} (epoch ${epoch})`,
    underWay: 'Under way:',
    inFlight: (item: string, host: string) => `${item} on ${host}`,
    releases: 'Releases:',
    none: 'Releases: none yet',
    more: (count: number) => `  and ${count} earlier: runbook status --all`,
    torn: (release: string, lines: string) =>
      `Release ${release}: line ${lines} of the record was cut off by a death while it was written; nothing that it announced had begun`,
    record: (place: string) => `Record: ${place}`,
    unreachable: (environment: string) => `${environment}: cannot be read`,
  },
  unlock: {
    free: (environment: string, epoch: number) => `the lock of ${environment} is free (epoch ${epoch}); nothing to do`,
    held: (holder: string) => `held by ${holder}`,
    alive: (pid: number) => `its process ${pid} lives on this machine`,
    otherMachine: (host: string) => `whether its process lives can only be seen on ${host}`,
    running: (item: string, host: string, pid: number) => `${item} still runs on ${host} (process group ${pid})`,
    refused: 'the lock stays where it is; nothing was changed',
    refusedNext: 'end it there and call again, or take the lock all the same: runbook unlock --force',
    freed: (environment: string, epoch: number) =>
      `the lock of ${environment} is free; writers of the old one are refused from now on (epoch ${epoch})`,
    noted: 'a person freed the lock: its holder is said to be dead',
    mended: 'the lock could not be read; it was written anew, free',
    open: (release: string, version: string) =>
      `runbook rollback --release ${release} brings it back; runbook release ${version} goes on with it`,
    stopped: (item: string, host: string) => `${item} was stopped on ${host}`,
  },
};

export type CliMessages = typeof en;

const zh: CliMessages = {
  done: { proceed: '完成', hold: '暂停', refuse: '拒绝', 'roll-back': '失败', failed: '出错' },
  budget: (took, budget, within) =>
    budget === undefined ? `回退用时 ${took}。` : `回退用时 ${took}；预算 ${budget}：${within ? '未超出' : '已超出'}。`,
  record: (release, place) => `记录：${place}${release === null ? '' : `，发布 ${release}`}`,
  next: (text) => `下一步：${text}`,
  afterwards: (first, command) => `${first}；然后：${command}`,
  stopping: (undo) => `正在停止：不再开始新的操作${undo ? '，并撤销本次发布已做的改动' : ''}。再按一次立即结束`,
  ended: '已立即结束。已开始的操作见记录：runbook status，然后 runbook rollback',
  cancelled: '由人工停止',
  cancelledRollback: '发布被人工停止，正在撤销已做的改动',
  rollingBack: (release) => `正在回滚发布 ${release}`,
  noRollback: (release) => `保持现状（--no-rollback）：runbook rollback --release ${release}`,
  joins: (release, status) => `发布 ${release} ${status}：继续执行`,
  confirm: (version, environment) => `按计划将 ${version} 发布到 ${environment}？[y/N] `,
  declined: '未发布，未做任何改动',
  confirmRollback: '现在回退？[y/N] ',
  declinedRollback: '未回退，未做任何改动',
  notTold: (why) => `目前无法说明其代价：${why}`,
  left: (duration) => `剩余 ${duration}`,
  of: (done, total) => `${done} / ${total}`,
  bug: (message) => `runbook 自身出错：${message}`,
  bugState: (release) =>
    release === undefined
      ? '据其所知，本次调用未做任何改动；请查看：runbook status'
      : `已开始的操作见发布 ${release} 的记录：runbook status；随后重新执行同一命令，或执行 runbook rollback。`,
  bugReport: '请报告此问题，并附上在 RUNBOOK_DEBUG=1 下执行同一命令的输出。',
  check: {
    fine: (file, environments) => `${file} 没有问题（${environments}）`,
    warning: '警告：',
    total: (file, problems, warnings) => `${file}：${problems} 个问题，${warnings} 个警告`,
    only: (names) => `环境 ${names}`,
  },
  status: {
    serving: (version, since) => `当前版本：${version}，自 ${since} UTC`,
    nothing: (previous) =>
      previous === undefined ? '当前版本：记录中没有' : `当前线上：${previous}（依 \`previous:\`，此后没有发布）`,
    free: (epoch) => `锁：空闲（epoch ${epoch}）`,
    held: (holder, epoch) => `锁：由 ${holder} 持有（epoch ${epoch}）`,
    underWay: '进行中的操作：',
    inFlight: (item, host) => `${item}，在 ${host}`,
    releases: '发布：',
    none: '发布：尚无',
    more: (count) => `  另有 ${count} 个更早的发布：runbook status --all`,
    torn: (release, lines) => `发布 ${release}：记录第 ${lines} 行写入时中断，该行所述的操作尚未开始`,
    record: (place) => `记录：${place}`,
    unreachable: (environment) => `${environment}：无法读取`,
  },
  unlock: {
    free: (environment, epoch) => `${environment} 的锁空闲（epoch ${epoch}），无需操作`,
    held: (holder) => `由 ${holder} 持有`,
    alive: (pid) => `其进程 ${pid} 仍在本机运行`,
    otherMachine: (host) => `其进程是否仍在运行只能在 ${host} 上确认`,
    running: (item, host, pid) => `${item} 仍在 ${host} 上运行（进程组 ${pid}）`,
    refused: '锁未释放，未做任何改动',
    refusedNext: '请先在该处结束它再执行一次，或强制取得锁：runbook unlock --force',
    freed: (environment, epoch) => `${environment} 的锁已释放；原持有者从此不能再写入（epoch ${epoch}）`,
    noted: '有人释放了锁：其持有者被认定已结束',
    mended: '锁无法读取，已重新写为空闲',
    open: (release, version) => `runbook rollback --release ${release} 可回退；runbook release ${version} 可继续`,
    stopped: (item, host) => `${item} 已在 ${host} 上停止`,
  },
};

export function cliMessages(locale: Locale): CliMessages {
  return locale === 'zh-CN' ? zh : en;
}
