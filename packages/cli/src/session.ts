import { randomUUID } from 'node:crypto';
import type { Runbook } from '@release-runbook/runbook/types';
import type { StepContext, StepInputs } from '@release-runbook/steps/context';
import type { Locale } from '@release-runbook/views/messages';
import type { Arguments } from './arguments.ts';
import type { Io } from './io.ts';
import { type CliMessages, cliMessages } from './messages.ts';
import type { Terminal } from './terminal.ts';

export const defaultRunbook = '.github/runbook.yml';

/** One call of the program, as its commands see it. */
export interface Call {
  readonly io: Io;
  readonly args: Arguments;
  readonly terminal: Terminal;
  readonly json: boolean;
  readonly quiet: boolean;
  /** The language; that of the runbook counts from `useLocale` on, where neither option nor environment chose one. */
  locale(): Locale;
  useLocale(locale: Locale): void;
  messages(): CliMessages;
  /** Writes the one JSON document of `--json`. */
  document(value: object): void;
}

export function createCall(
  io: Io,
  args: Arguments,
  chosen: Locale | undefined,
  open: (messages: () => CliMessages) => Terminal,
): Call {
  let locale: Locale = chosen ?? 'en';
  const messages = () => cliMessages(locale);
  return {
    io,
    args,
    terminal: open(messages),
    json: args.flag('json'),
    quiet: args.flag('quiet'),
    locale: () => locale,
    useLocale(next) {
      locale = chosen ?? next;
    },
    messages,
    document(value) {
      io.stdout.write(`${JSON.stringify({ schema: 1, command: args.command, ...value }, null, 2)}\n`);
    },
  };
}

/** The runbook that the options name. */
export async function loadCallRunbook(call: Call, environment = call.args.text('environment')): Promise<Runbook> {
  const { loadRunbook } = await import(/* webpackChunkName: "step" */ '@release-runbook/runbook/load');
  const runbook = await loadRunbook(call.args.text('runbook') ?? defaultRunbook, { environment });
  call.useLocale(runbook.locale);
  return runbook;
}

/** Everything a step needs, from this terminal. Close it. */
export async function openCallContext(
  call: Call,
  runbook: Runbook,
  more: Partial<Pick<StepInputs, 'version' | 'release' | 'approved' | 'first'>> = {},
): Promise<StepContext> {
  const [{ openContext }, { terminalHolder }, { terminalForge }] = await Promise.all([
    import(/* webpackChunkName: "step" */ '@release-runbook/steps/context'),
    import('@release-runbook/steps/lock'),
    import('./forge.ts'),
  ]);
  const platform = call.terminal.platform();
  const forge = await terminalForge(call.io.env, (text) => platform.annotate('warning', text));
  return openContext({
    version: '',
    ...more,
    runbook,
    holder: await terminalHolder(randomUUID(), call.io.now()),
    run: null,
    env: call.io.env,
    platform,
    ...(forge === undefined ? {} : { forge }),
  });
}

/** Opens, works, closes whatever happens. */
export async function withContext<T>(ctx: StepContext, work: (ctx: StepContext) => Promise<T>): Promise<T> {
  try {
    return await work(ctx);
  } finally {
    await ctx.close();
  }
}
