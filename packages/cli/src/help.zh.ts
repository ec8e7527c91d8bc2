import type { HelpTexts } from './help.en.ts';

export const zh: HelpTexts = {
  about: `runbook 按 .github/runbook.yml 的描述执行发布，并能将其回退。
每项改动在执行前先写入记录，并附上撤销方法；回滚从记录末尾向前撤销。`,
  words: { usage: '用法', options: '选项', changes: '改动', examples: '示例' },
  exits: `退出码：
  0   完成
  1   拒绝，未做任何改动（包括输入错误）；或发布失败（已回退，见输出）
  2   撤销失败，或程序自身出错：会打印当前状态和下一条命令
  75  暂停：正在等待，或需要人工决定
  130 第二次 Ctrl-C 立即结束；已开始的操作见记录`,
  more: 'runbook COMMAND --help 说明该命令做什么、改动什么，以及它的选项。',
  commands: {
    check: {
      summary: '列出 runbook 的全部问题和警告，格式为 文件:行:列。',
      does: '对 FILE（默认 .github/runbook.yml）的每个环境进行检查：未知的键、错误的单位、指向不存在的对象、明文写出的密钥、\n启动顺序成环、没有槽位的灰度，以及其他只有在发布途中才会失败的问题。',
      changes: '无；不连接任何主机。',
      examples: ['runbook check', 'runbook check ops/runbook.yml --json'],
    },
    plan: {
      summary: '显示发布将做什么、如何撤销，以及计划摘要。',
      does: '按顺序列出各项及其撤销方法、根据以往记录的预计耗时、警告和退路。\n摘要代表整个计划：此后有任何变化，release --approved DIGEST 都会拒绝。\n加上 --rehearse 会执行发布前检查，并在还原的备份上预演迁移：得到表结构差异和预计耗时。',
      changes: '不影响正在服务的系统。--rehearse 只使用备份旁的副本，用后删除。',
      examples: ['runbook plan v2.1.0', 'runbook plan v2.1.0 --environment production --rehearse --json'],
    },
    release: {
      summary: '发布 VERSION：检查、备份、迁移、部署、冒烟测试、灰度。',
      does: '在一个进程中执行各步骤，遇到第一个不是 proceed 的结果即停止。改动之后失败的步骤会自动回退本次发布\n（使用 --no-rollback 则不回退）。同一 VERSION 正在等待的发布会继续执行。\n在终端中会先显示计划并询问；使用 --yes 或 --approved 则不询问，不在终端中时必须使用其中之一。\nCtrl-C 停止：不再开始新的操作，并撤销已做的改动。再按一次立即结束程序。',
      changes: '按 runbook 改动数据库、代码、配置、服务和流量；每项改动先写入记录。',
      examples: [
        'runbook release v2.1.0',
        'runbook release v2.1.0 -e production --approved 5f1c… --json >result.json',
        'runbook release v1.0.0 --first          # 此前没有版本',
      ],
    },
    rollback: {
      summary: '从最新的改动开始撤销一次发布，并证明系统恢复原状。',
      does: '先确定并打印整个撤销过程及其代价，然后开始：流量、服务、代码和配置、数据库。\n默认针对正在进行的发布，否则是正在服务的发布。可以反复执行，直到完成。\n在终端中开始前会询问，使用 --yes 则不询问；不在终端中时必须使用 --yes。--dry-run 从不询问。\n如果还原会丢失数据行，则停止并询问（退出码 75）：--accept-loss 先导出再还原，--keep-rows 保留数据库现状。',
      changes: '撤销该发布的改动；被还原替换的数据库会保留在旁边。',
      examples: [
        'runbook rollback --dry-run',
        'runbook rollback --yes --reason "报告为空"',
        'runbook rollback --to v1.9.0             # 回退多个发布，从最新的开始',
        'runbook rollback --record copy.jsonl     # 记录丢失时使用副本；不需要检出代码',
      ],
    },
    status: {
      summary: '当前版本、锁的持有者、进行中的发布、退路。',
      does: '读取环境的记录（未指定时读取每个环境）。正在进行的发布，或 --release 指定的发布，会显示其各项、结论和失败原因。',
      changes: '无。',
      examples: ['runbook status', 'runbook status --environment production --all --json'],
    },
    unlock: {
      summary: '释放持有者已结束的环境锁。',
      does: '显示持有者。能够证明持有者已结束时，各步骤会自行取得锁；无法证明时使用本命令，由你来保证。\n如果持有者的进程仍在本机运行，或其作业仍在主机上运行，则拒绝。',
      changes: '锁及其 epoch：原持有者不能再写入。--force 还会停止它遗留的作业。',
      examples: ['runbook unlock --environment production', 'runbook unlock --force'],
    },
    help: {
      summary: '说明一个命令。',
      does: '与 runbook COMMAND --help 相同。',
      changes: '无。',
      examples: ['runbook help rollback'],
    },
    version: {
      summary: '打印程序版本。',
      does: '加上 --json 还会打印 Node 的版本。',
      changes: '无。',
      examples: ['runbook version'],
    },
  },
  options: {
    runbook: 'runbook 文件；默认 .github/runbook.yml',
    environment: '使用哪个环境；默认唯一的那个',
    directory: '在此文件夹中启动',
    locale: '语言；默认依次取 LC_ALL、LC_MESSAGES、LANG、runbook 的设置',
    json: '标准输出只有一个 JSON 文档；日志写到标准错误',
    quiet: '只输出结果和问题',
    help: '本说明',
    rehearse: '执行发布前检查并预演迁移',
    first: '此系统从未发布过：没有可回退的版本',
    approved: '已批准的计划摘要；计划有变则拒绝',
    yes: '不询问',
    'no-rollback': '发布失败后保持现状',
    to: '要回到的版本；默认是该发布之前的版本',
    'rollback release': '要撤销的发布；默认是正在进行的，否则是正在服务的',
    'status release': '显示这个发布',
    reason: '原因，写入记录',
    'dry-run': '说明将撤销什么及其代价；不做改动',
    'accept-loss': '即使丢失备份之后写入的行也还原；会先导出这些行',
    'keep-rows': '恢复代码和流量，数据库保持现状',
    'accept-code': '代码或配置与之前不一致时保持现状：由你保证已经查看过',
    'rows-written-since': '如何处理备份之后写入的行；keep 等同于 --keep-rows',
    record: '使用记录的副本',
    'rollback force': '即使持有者看似仍在运行也取得锁：由你保证它已结束',
    'unlock force': '即使持有者看似仍在运行也取得锁',
    all: '显示记录中的所有发布，而不只是最新的',
  },
};
