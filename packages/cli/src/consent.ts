import type { StepContext } from '@release-runbook/steps/context';
import type { StepResult } from '@release-runbook/steps/decision';
import { result } from '@release-runbook/steps/outcome';
import { planRelease } from '@release-runbook/steps/plan';
import type { RollbackOptions } from '@release-runbook/steps/rollback';
import { renderPlanText } from '@release-runbook/views/text';
import { again } from './again.ts';
import type { Call } from './session.ts';

/**
 * `yes`: somebody said so, on the command line or when asked; `approved` is the digest of what was shown. `no`: asked, and no.
 * `ended`: there is nothing to ask about, or nobody to ask.
 */
export type Consent =
  | { readonly said: 'yes'; readonly approved?: string }
  | { readonly said: 'no' }
  | { readonly said: 'ended'; readonly result: StepResult };

/** Before a release: the plan is shown at a terminal, with what would stop it, and asked about. */
export async function consentToRelease(call: Call, ctx: StepContext, joined: boolean): Promise<Consent> {
  const { args, io, terminal } = call;
  if (args.flag('yes') || args.text('approved') !== undefined) return { said: 'yes' };
  const version = args.positionals[0] as string;
  if (call.json || io.ask === undefined)
    return nobody(
      call,
      [version],
      [
        `only as it was approved: ${again(call, 'release', version, '--approved', 'DIGEST')}, which ${again(call, 'plan', version)} prints`,
      ],
    );
  // What goes on was approved when it began, and is held against that plan.
  if (joined) return { said: 'yes' };
  const plan = await planRelease(ctx);
  terminal.say(renderPlanText(plan, call.locale()));
  const [stop] = plan.stops;
  if (stop !== undefined)
    return {
      said: 'ended',
      result: result(stop.decision, stop.reason as StepResult['reason'], `${stop.text}; nothing was changed`, {
        next: stop.next,
        wayBack: plan.wayBack,
      }),
    };
  const yes = await io.ask(call.messages().confirm(plan.version, plan.environment));
  return yes ? { said: 'yes', approved: plan.digest } : { said: 'no' };
}

type Rollback = (ctx: StepContext, options: RollbackOptions) => Promise<StepResult>;

/** Before a rollback: what would be undone and what it costs is told at a terminal, and asked about. */
export async function consentToRollback(
  call: Call,
  ctx: StepContext,
  rollback: Rollback,
  options: RollbackOptions,
): Promise<Consent> {
  const { args, io, terminal } = call;
  if (options.dryRun || args.flag('yes')) return { said: 'yes' };
  if (call.json || io.ask === undefined)
    return nobody(call, [], [`what it would undo: ${again(call, 'rollback', '--dry-run')}`]);
  const told = await rollback(ctx, { ...options, dryRun: true });
  // Frees the lock of a dead holder, if there is one, and changes nothing else.
  if (told.reason === 'nothing-to-do') return { said: 'yes' };
  if (told.reason === 'no-such-release' || told.reason === 'unknown-version') return { said: 'ended', result: told };
  // What cannot be told now must not keep anybody from coming back.
  if (told.decision !== 'proceed') terminal.complain(call.messages().notTold(told.text));
  else if (call.quiet) for (const line of told.details['chain'] as readonly string[]) terminal.say(line);
  return { said: (await io.ask(call.messages().confirmRollback)) ? 'yes' : 'no' };
}

function nobody(call: Call, words: readonly string[], more: readonly string[]): Consent {
  const { command } = call.args;
  const text = `${command} asks before it begins, and nobody can be asked here (${call.json ? '--json' : 'no terminal'}); nothing was changed`;
  const next = [again(call, command, ...words, '--yes'), ...more].join('; ');
  return { said: 'ended', result: result('refuse', 'invalid-input', text, { next }) };
}
