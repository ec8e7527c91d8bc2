import type { Plan } from '@release-runbook/record/plan';
import type { StepContext } from '@release-runbook/steps/context';
import { exitCode, type StepResult } from '@release-runbook/steps/decision';
import { planRelease } from '@release-runbook/steps/plan';
import { messages } from '@release-runbook/views/messages';
import { renderPlanText } from '@release-runbook/views/text';
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
      terminal.say(renderPlanText(made, call.locale()).trimEnd());
      if (result !== undefined && result.decision !== 'proceed') {
        terminal.complain(
          terminal.colour('red', `${call.messages().done[result.decision]} (${result.reason}): ${result.text}`),
        );
        if (result.next !== undefined) terminal.complain(call.messages().next(result.next));
      } else if (!call.quiet) terminal.say(call.messages().next(call.messages().plan.approve(version, made.digest)));
    }
    return result === undefined ? 0 : exitCode(result.decision, 'terminal');
  });
}

async function rehearse(call: Call, ctx: StepContext): Promise<{ result: StepResult; plan: Plan | undefined }> {
  const { preflight } = await import('@release-runbook/steps/preflight');
  call.terminal.step(messages(call.locale()).stepName.preflight);
  const result = await preflight(ctx, { rehearse: true });
  return { result, plan: result.details['plan'] as Plan | undefined };
}
