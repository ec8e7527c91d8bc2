import { word } from '@release-runbook/views/commands';
import { type CommandName, commandSpec } from './commands.ts';
import type { Call } from './session.ts';

/** Options that are about this call alone. */
const own = new Set(['locale', 'json', 'quiet', 'help', 'yes', 'approved', 'rehearse', 'dry-run', 'all']);

/** The command that goes on from this call, with the options of this one that it takes too; a shell reads it as it is. */
export function again({ args }: Pick<Call, 'args'>, command: CommandName, ...words: readonly string[]): string {
  const known = commandSpec(command).options;
  const options = Object.keys(commandSpec(args.command).options).flatMap((name) => {
    if (own.has(name) || !(name in known)) return [];
    const text = args.text(name);
    return text !== undefined ? [`--${name} ${word(text)}`] : args.flag(name) ? [`--${name}`] : [];
  });
  const given = words.map((one) => (/^--[a-z-]+$/.test(one) ? one : word(one)));
  return ['runbook', command, ...given, ...options].join(' ');
}
