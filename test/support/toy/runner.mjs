// node runner.mjs JOB.json: a release or a rollback of the toy system in a process of its own, which a fault may kill.
import { readFile, writeFile } from 'node:fs/promises';
import { loadRunbook } from '@release-runbook/runbook/load';
import { openContext } from '@release-runbook/steps/context';
import { terminalHolder } from '@release-runbook/steps/lock';
import { faultStore } from './fault-store.mjs';

const job = JSON.parse(await readFile(process.argv[2], 'utf8'));
const lines = [];
const log = (text) => lines.push(text);
const platform = {
  log,
  group: async (title, work) => {
    log(`== ${title}`);
    return await work();
  },
  progress() {},
  annotate: (kind, text) => log(`${kind}: ${text}`),
  async publish() {},
  signal: new AbortController().signal,
};
const trace = [];
const results = [];
const began = performance.now();
let ctx = await openContext({
  runbook: await loadRunbook(job.runbook),
  version: job.version ?? '',
  holder: await terminalHolder(job.nonce, new Date()),
  run: null,
  env: job.env,
  root: job.root,
  platform,
  wrapStore: (store) =>
    faultStore(store, {
      fault: job.fault,
      split: job.split,
      trace,
    }),
});

if (job.mode === 'release') {
  const steps = [
    ['preflight', async () => (await import('@release-runbook/steps/preflight')).preflight(ctx, { rehearse: false })],
    ['backup', async () => (await import('@release-runbook/steps/backup')).backup(ctx)],
    ['migrate', async () => (await import('@release-runbook/steps/migrate')).migrate(ctx)],
    ['deploy', async () => (await import('@release-runbook/steps/deploy')).deploy(ctx)],
    ['smoke', async () => (await import('@release-runbook/steps/smoke')).smoke(ctx)],
    ['canary', async () => (await import('@release-runbook/steps/canary')).canary(ctx, {})],
  ];
  let last;
  for (const [step, work] of steps) {
    const at = performance.now();
    last = await work();
    results.push({ step, ms: performance.now() - at, ...last });
    if (last.decision !== 'proceed') break;
    if (last.release !== null) ctx = { ...ctx, release: last.release };
  }
  if (last.decision === 'roll-back') await rollback({ release: last.release, reason: last.text });
  if (last.release !== null) await ctx.store.release(ctx.holder.nonce);
} else {
  await rollback(job.options);
  await ctx.store.release(ctx.holder.nonce);
}
await ctx.close();
await writeFile(
  job.out,
  JSON.stringify({ results, lines, trace: trace.map((one) => ({ ...one, at: one.at - began })) }),
);
// What is still in flight must not keep a killed-at-a-later-time process from ending.
process.exit(0);

async function rollback(options) {
  const { rollback: run } = await import('@release-runbook/steps/rollback');
  const at = performance.now();
  const result = await run(ctx, {
    reason: 'asked for by the test',
    acceptLoss: false,
    dryRun: false,
    force: false,
    ...options,
  });
  results.push({ step: 'rollback', ms: performance.now() - at, ...result });
}
