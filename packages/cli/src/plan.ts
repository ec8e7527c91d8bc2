import type { Plan } from '@release-runbook/record/plan';
import type { StepContext } from '@release-runbook/steps/context';
import { exitCode, type StepResult } from '@release-runbook/steps/decision';
import { planRelease } from '@release-runbook/steps/plan';
import { messages } from '@release-runbook/views/messages';
import { renderPlanText } from '@release-runbook/views/text';
import { again } from './again.ts';
import { resultJson } from './end.ts';
import { type Call, loadCallRunbook, openCallContext, withContext } from './session.ts';

/** What a release would do, how each thing is undone, and the digest to approve. Changes nothing that serves. */
export async function plan(call: Call): Promise<number> {
  const { args, terminal } = call;
  const version = args.positionals[0] as string;
  const runbook = await loadCallRunbook(call);
  return withContext(await openCallContext(call, runbook, { version, first: args.flag('first') }), async (ctx) => {
    const rehearsed = args.flag('rehearse') ? await rehearse(call, ctx) : undefined;
    const made = rehearsed?.plan ?? (await planRelease(ctx));
    terminal.step('');
    const result = rehearsed?.result;
    if (call.json)
      call.document({
        ...(result === undefined ? {} : { preflight: resultJson(result) }),
        plan: made,
        record: ctx.store.place,
      });
    else {
      terminal.say(renderPlanText(withRefusal(made, result), call.locale()).trimEnd());
      tellNext(call, made, result);
    }
    return result === undefined ? 0 : exitCode(result.decision, 'terminal');
  });
}

/** What the checks and the rehearsal found stops a release as well: the plan says so where it says what would become of it. */
function withRefusal(made: Plan, result: StepResult | undefined): Plan {
  if (result === undefined || result.decision === 'proceed' || made.stops.length > 0) return made;
  const [text = ''] = result.text.split('\n');
  const stop = {
    name: result.reason,
    decision: 'refuse',
    reason: result.reason,
    text,
    next: result.next ?? '',
  } as const;
  return { ...made, stops: [stop] };
}

/** The command that goes on: one that would not be refused, or what to do so that it is not. */
function tellNext(call: Call, made: Plan, result: StepResult | undefined): void {
  const { terminal } = call;
  const m = call.messages();
  const refused = result !== undefined && result.decision !== 'proceed';
  if (refused)
    terminal.complain(terminal.colour('red', `${m.done[result.decision]} (${result.reason}): ${result.text}`));
  const next = refused ? result.next : nextOf(call, made);
  if (next === undefined || (call.quiet && !refused && made.stops.length === 0)) return;
  (refused ? terminal.complain : terminal.say)(m.next(next));
}

function nextOf(call: Call, { stops, version, digest, joins }: Plan): string {
  if (joins !== undefined && stops.length === 0) return again(call, 'release', version);
  const release = again(call, 'release', version, '--approved', digest);
  if (stops.length === 0) return release;
  const first = stops.map(({ next }) => next).join('; ');
  if (stops.some(({ decision }) => decision === 'proceed')) return first;
  // Waiting leaves the plan as it is; anything else makes another one.
  const waits = stops.every(({ reason }) => reason === 'outside-window');
  return call.messages().afterwards(first, waits ? release : again(call, 'plan', version));
}

async function rehearse(call: Call, ctx: StepContext): Promise<{ result: StepResult; plan: Plan | undefined }> {
  const { preflight } = await import('@release-runbook/steps/preflight');
  call.terminal.step(messages(call.locale()).stepName.preflight);
  const result = await preflight(ctx, { rehearse: true });
  return { result, plan: result.details['plan'] as Plan | undefined };
}
