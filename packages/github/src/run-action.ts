import * as core from '@actions/core';
import type { Runbook } from '@release-runbook/runbook/types';
import { type Decision, exitCode, type Reason, type StepResult } from '@release-runbook/steps/decision';
import type { Forge } from '@release-runbook/steps/platform';
import { RunbookError } from '@release-runbook/units/error';
import type { Evidence } from '@release-runbook/views/evidence';
import { type ActionName, actions } from './actions.ts';
import { githubForge } from './forge.ts';
import { getInputs, type Inputs, secretInputs } from './inputs.ts';
import { type Job, readJob } from './job.ts';
import { createMasker, type Masker, secretValues } from './mask.ts';
import type { Api } from './octokit.ts';
import { type GitHubPlatform, githubPlatform } from './platform.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import { spreadSecrets } from './secrets.ts';

/** What an action's body works with. */
export interface Around {
  readonly job: Job;
  readonly platform: GitHubPlatform;
  readonly forge: Forge;
  /** Masks what turns out to be a secret: what a runbook names. */
  readonly masker: Masker;
  /** Told as soon as the runbook is known: its language is that of people, and an action alone speaks of no release. */
  readonly meets: (runbook: Pick<Runbook, 'locale' | 'resolved'>, alone: boolean) => void;
}

export type Body<A extends ActionName> = (inputs: Inputs<A>, around: Around) => Promise<StepResult>;

/** When a step of this job last found GitHub down: the steps after it need not find that out as slowly. */
const DOWN = 'RELEASE_RUNBOOK_GITHUB_DOWN';
const downForMs = 600_000;

/** Version of the JSON in the output `result`. */
const schema = 1;
/** How long the end of a job waits for comment and notes, ms; after a cancel the runner gives 7.5 s in all. */
const flushMs = { usual: 20_000, serving: 90_000, cancelled: 3000 };

/**
 * Runs an action, and is the one place that catches. Masks before anything else; then reads the inputs, does the work, and
 * turns what came of it into outputs, annotations, a summary and an exit code (`process.exitCode`).
 */
export async function runAction<A extends ActionName>(action: A, body: Body<A>): Promise<void> {
  const masker = createMasker(core.setSecret);
  masker.add(secretInputs(action));
  masker.add(secretValues(process.env));
  const cancel = cancellation();
  let started: Started | undefined;
  let result: StepResult;
  let bug: unknown;
  let told = false;
  try {
    spreadSecrets(process.env, masker);
    const inputs = getInputs(action);
    started = start(inputs, masker, cancel.signal);
    result = await body(inputs, started.around);
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) bug = error;
    result = refused ?? (await bugResult(action, error, started));
    told = annotateProblems(error, masker, started);
  }
  try {
    await finish(action, result, masker, started, cancel.signal, told);
  } catch (error) {
    // What can be told is told; the decision stands.
    core.warning(masker.redact(`${error instanceof Error ? error.message : String(error)}`));
  }
  if (bug !== undefined && core.isDebug())
    core.debug(masker.redact(bug instanceof Error ? (bug.stack ?? bug.message) : JSON.stringify(bug)));
  cancel.stop();
  process.exitCode = exitCode(result.decision, 'forge');
}

function cancellation(): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  process.on('SIGINT', abort).on('SIGTERM', abort);
  return {
    signal: controller.signal,
    stop: () => void process.off('SIGINT', abort).off('SIGTERM', abort),
  };
}

interface Started {
  readonly around: Around;
  readonly publisher: Publisher;
  readonly open: () => Promise<Api | undefined>;
  /** The input's, else the runbook's; undefined while that is not known. */
  readonly locale: () => string | undefined;
  /** The action works without a runbook. */
  readonly alone: () => boolean;
  readonly environment: string | undefined;
  readonly troubles: ReadonlyMap<string, string>;
  /** Why GitHub is asked nothing more. */
  readonly down: () => string | undefined;
}

interface CommonInputs {
  readonly token: string | undefined;
  readonly locale: string | undefined;
  readonly environment: string | undefined;
}

function start(inputs: CommonInputs, masker: Masker, signal: AbortSignal): Started {
  if (inputs.locale !== undefined && inputs.locale !== 'en' && inputs.locale !== 'zh-CN') {
    throw new RunbookError(`input "locale" is ${JSON.stringify(inputs.locale)}, expected en or zh-CN`);
  }
  const job = readJob();
  const troubles = new Map<string, string>();
  const { redact } = masker;
  let opened: Api | undefined;
  const openApi = async () => {
    if (job.repository === undefined || inputs.token === undefined) return undefined;
    const { createApi } = await import('./octokit.ts');
    const github = job.apiUrl === 'https://api.github.com' || job.apiUrl.endsWith('/api/v3');
    // A step before this one found GitHub down: one look shows whether it still is.
    const budget = Date.now() - Date.parse(process.env[DOWN] ?? '') < downForMs ? { budgetMs: 1500 } : {};
    opened = createApi({ token: inputs.token, baseUrl: job.apiUrl, ...job.repository, spacing: github, ...budget });
    return opened;
  };
  let api: ReturnType<typeof openApi> | undefined;
  const open = () => {
    api ??= openApi();
    return api;
  };
  let met: { readonly runbook: Pick<Runbook, 'locale' | 'resolved'>; readonly alone: boolean } | undefined;
  const wanted = () => inputs.locale ?? met?.runbook.locale;
  const locale = () => (wanted() === 'zh-CN' ? ('zh-CN' as const) : ('en' as const));
  const alone = () => met?.alone === true;
  const runUrl = job.run?.url;
  const publisher = createPublisher({ open, locale, runUrl, redact });
  const platform = githubPlatform({
    core,
    publisher,
    redact,
    locale,
    alone,
    public: job.public,
    runbook: () => met?.runbook.resolved,
    runUrl,
    signal,
    workspace: job.workspace,
  });
  const forge = githubForge(
    open,
    (what, error) => void troubles.set(what, error instanceof Error ? error.message : String(error)),
  );
  return {
    around: {
      job,
      platform,
      forge,
      masker,
      meets: (runbook, works) => {
        met = { runbook, alone: works };
      },
    },
    publisher,
    open,
    locale: wanted,
    alone,
    environment: inputs.environment,
    troubles,
    down: () => opened?.down(),
  };
}

/** A mistake of whoever wrote the runbook or the workflow; undefined for a mistake of ours. */
function refusal(error: unknown): StepResult | undefined {
  if (isOutcome(error)) {
    const { decision, reason, next, details } = error;
    return { decision, reason, text: error.message, release: null, details, ...(next === undefined ? {} : { next }) };
  }
  if (!(error instanceof RunbookError)) return undefined;
  const all = error.problems.length > 0 ? error.problems : [error];
  const reason: Reason = all.some(({ at }) => at !== undefined) ? 'invalid-runbook' : 'invalid-input';
  const text =
    error.problems.length > 1
      ? `${error.message}: ${error.problems.length} problems`
      : (all[0]?.message ?? error.message);
  const next = all.length === 1 ? all[0]?.hint : undefined;
  return { decision: 'refuse', reason, text, release: null, details: {}, ...(next === undefined ? {} : { next }) };
}

/** Steps throw one kind of error that is a decision (packages/steps/outcome). */
interface OutcomeLike extends Error {
  readonly decision: Decision;
  readonly reason: Reason;
  readonly next: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
}
const isOutcome = (error: unknown): error is OutcomeLike =>
  error instanceof Error && 'decision' in error && 'reason' in error;

async function bugResult(action: ActionName, error: unknown, started: Started | undefined): Promise<StepResult> {
  const { messages } = await import('@release-runbook/views/messages');
  const m = messages(started?.locale());
  return {
    decision: 'failed',
    reason: 'bug',
    text: m.action.bug(action, error instanceof Error ? error.message : String(error)),
    next: m.action.bugNext(started?.environment),
    release: started?.around.platform.last()?.state.release ?? null,
    details: {},
  };
}

function annotateProblems(error: unknown, masker: Masker, started: Started | undefined): boolean {
  if (!(error instanceof RunbookError)) return false;
  for (const problem of error.problems.length > 0 ? error.problems : [error]) {
    const text = problem.hint === undefined ? problem.message : `${problem.message} (${problem.hint})`;
    if (started !== undefined) started.around.platform.annotate('error', text, problem.at);
    else core.error(masker.redact(text));
  }
  return true;
}

async function finish(
  action: ActionName,
  given: StepResult,
  masker: Masker,
  started: Started | undefined,
  signal: AbortSignal,
  told: boolean,
): Promise<void> {
  const { finishResult, forEverybody, isEvidence } = await import('./finish.ts');
  const whole = await finishResult({
    action,
    given,
    told,
    masker,
    core,
    schema,
    outputs: Object.keys(actions[action].outputs),
    locale: started?.locale(),
    platform: started?.around.platform,
  });
  if (started === undefined) return;
  const result = await forEverybody(whole, started.around.platform);
  const last = started.around.platform.last();
  if (last !== undefined && !started.alone()) {
    const { state, extra } = last;
    started.publisher.show({
      state,
      wayBack: result.wayBack ?? extra.wayBack,
      next: result.decision === 'proceed' ? undefined : result.next,
      final: extra.final === true || state.status === 'serving',
    });
    await started.publisher.flush(
      signal.aborted ? flushMs.cancelled : state.status === 'serving' ? flushMs.serving : flushMs.usual,
    );
  }
  const untold = isEvidence(result.details) ? await tellPlan(result, result.details, masker, started) : undefined;
  if (started.down() !== undefined) core.exportVariable(DOWN, new Date().toISOString());
  const problems = new Map([
    ...started.publisher.problems,
    ...started.troubles,
    ...(untold === undefined ? [] : [['comment', untold] as const]),
  ]);
  if (problems.size === 0) return;
  const { messages } = await import('@release-runbook/views/messages');
  const missing = [...problems].map(([what, why]) => `${what}: ${why}`).join('; ');
  started.around.platform.annotate('warning', `${messages(started.locale()).action.notPublished} ${missing}`);
}

/** Before a release has a record there is none to show. Gives back why it could not be told. */
async function tellPlan(
  result: StepResult,
  evidence: Evidence,
  masker: Masker,
  started: Started,
): Promise<string | undefined> {
  try {
    const api = await started.open();
    if (api === undefined) return undefined;
    const [{ commentPlan }, { messages }] = await Promise.all([
      import('./plan-comment.ts'),
      import('@release-runbook/views/messages'),
    ]);
    const { locale } = messages(started.locale());
    await commentPlan(api, { result, evidence, locale, runUrl: started.around.job.run?.url, redact: masker.redact });
    return undefined;
  } catch (error) {
    return (await import('./octokit.ts')).tell(error);
  }
}
