import { formatError, RunbookError } from '@release-runbook/units/error';
import { type Arguments, parseArguments } from './arguments.ts';
import type { CommandName } from './commands.ts';
import type { Io } from './io.ts';
import { localeOf } from './locale.ts';
import type { Call } from './session.ts';

type Run = (call: Call) => Promise<number>;

/** Each command's code is loaded when it is called for. */
const runs = {
  check: async () => (await import('./check.ts')).check,
  plan: async () => (await import('./plan.ts')).plan,
  release: async () => (await import('./release.ts')).release,
  rollback: async () => (await import('./rollback.ts')).rollbackByHand,
  status: async () => (await import('./status.ts')).status,
  unlock: async () => (await import('./unlock.ts')).unlock,
} satisfies Record<Exclude<CommandName, 'help' | 'version'>, () => Promise<Run>>;

/**
 * The program: reads the arguments (without the program's own name), does what they say, returns the exit code
 * (decision.ts, in a terminal; bad input 1, a mistake of the program's own 2). Never throws.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let args: Arguments;
  try {
    args = parseArguments(argv);
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    io.stderr.write(`${formatError(error)}\n`);
    return 1;
  }
  const { command } = args;
  if (command === 'version') return version(args, io);
  if (command === 'help' || args.flag('help')) return help(argv.length === 0, args, io);
  const [{ createCall }, { openTerminal }] = await Promise.all([import('./session.ts'), import('./terminal.ts')]);
  const call = createCall(io, args, localeOf(args.text('locale'), io.env), (messages) =>
    openTerminal({ io, messages, json: args.flag('json'), quiet: args.flag('quiet') }),
  );
  try {
    const directory = args.text('directory');
    if (directory !== undefined) enter(directory);
    const run = await runs[command]();
    return await run(call);
  } catch (error) {
    const { tellError } = await import('./errors.ts');
    return await tellError(call, error);
  } finally {
    call.terminal.close();
  }
}

async function version(args: Arguments, io: Io): Promise<number> {
  const { TOOL } = await import('@release-runbook/steps/tool');
  const [name, number] = TOOL.split(' ');
  io.stdout.write(
    args.flag('json')
      ? `${JSON.stringify({ schema: 1, command: 'version', name, version: number, node: process.version })}\n`
      : `${TOOL}\n`,
  );
  return 0;
}

async function help(none: boolean, args: Arguments, io: Io): Promise<number> {
  const { helpText } = await import('./help.ts');
  const about = args.command === 'help' ? args.positionals[0] : args.command;
  try {
    const text = helpText(about, localeOf(args.text('locale'), io.env) ?? 'en');
    // Called without a command: the help is an answer to a mistake.
    (none ? io.stderr : io.stdout).write(text);
    return none ? 1 : 0;
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    io.stderr.write(`${formatError(error)}\n`);
    return 1;
  }
}

function enter(directory: string): void {
  try {
    process.chdir(directory);
  } catch (error) {
    throw new RunbookError(
      `--directory ${JSON.stringify(directory)} cannot be entered (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}
