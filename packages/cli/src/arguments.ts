import { parseArgs } from 'node:util';
import { RunbookError } from '@release-runbook/units/error';
import { nearest } from '@release-runbook/units/nearest';
import { type CommandName, commandNames, commandSpec, type OptionSpec } from './commands.ts';

export interface Arguments {
  readonly command: CommandName;
  readonly positionals: readonly string[];
  /** Is this flag given? */
  flag(name: string): boolean;
  /** An option's text; undefined when it is not given. */
  text(name: string): string | undefined;
}

/**
 * Reads a command line, without the program's own name. `--help` and `--version` work before a command as well.
 * @throws RunbookError with the nearest valid word
 */
export function parseArguments(argv: readonly string[]): Arguments {
  const [first, ...rest] = argv;
  if (first === undefined) return read('help', []);
  if (first === '--help' || first === '-h') return read('help', rest);
  if (first === '--version' || first === '-V') return read('version', rest);
  if (first.startsWith('-'))
    throw new RunbookError(`expected a command before ${JSON.stringify(first)}`, {
      hint: `one of ${commandNames.join(', ')}; options come behind it: runbook status --environment production`,
    });
  const command = commandNames.find((name) => name === first);
  if (command === undefined) throw unknown('command', first, commandNames, 'runbook help');
  return read(command, rest);
}

function read(command: CommandName, argv: readonly string[]): Arguments {
  const spec = commandSpec(command);
  const options = Object.fromEntries(
    Object.entries(spec.options).map(([name, { type, short }]) => [
      name,
      short === undefined ? { type } : { type, short },
    ]),
  );
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string | true>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = spec.options[token.name];
    if (option === undefined) {
      const names = Object.keys(spec.options).map((name) => `--${name}`);
      throw unknown(`option of ${command}`, token.rawName, names, `runbook ${command} --help`);
    }
    if (values.has(token.name)) throw new RunbookError(`--${token.name} is given twice, expected it once`);
    values.set(token.name, optionValue(command, token.name, option, token.value, token.inlineValue === true));
  }
  if (values.get('help') !== true) countPositionals(command, positionals);
  return {
    command,
    positionals,
    flag: (name) => values.get(name) === true,
    text: (name) => {
      const value = values.get(name);
      return typeof value === 'string' ? value : undefined;
    },
  };
}

function optionValue(
  command: CommandName,
  name: string,
  option: OptionSpec,
  value: string | undefined,
  inline: boolean,
): string | true {
  if (option.type === 'boolean') {
    if (value === undefined) return true;
    throw new RunbookError(`--${name} takes no value, found ${JSON.stringify(value)}`, {
      hint: `write --${name} alone`,
    });
  }
  // An empty one is mostly a variable that is not set: `--approved "$DIGEST"` must not approve everything.
  if (value === undefined || value === '' || (!inline && value.startsWith('-')))
    throw new RunbookError(`--${name} needs a value, found ${value === undefined ? 'none' : JSON.stringify(value)}`, {
      hint: `runbook ${command} --${name} ${option.value ?? 'VALUE'}`,
    });
  if (option.oneOf !== undefined && !option.oneOf.includes(value)) {
    const near = nearest(value, option.oneOf);
    throw new RunbookError(
      `--${name} ${JSON.stringify(value)} is not known, expected one of ${option.oneOf.join(', ')}`,
      {
        hint: near === undefined ? undefined : `did you mean ${JSON.stringify(near)}?`,
      },
    );
  }
  return value;
}

function countPositionals(command: CommandName, positionals: readonly string[]): void {
  const { positionals: known } = commandSpec(command);
  const missing = known[positionals.length];
  const usage = ['runbook', command, ...known.map(({ name, required }) => (required ? name : `[${name}]`))].join(' ');
  if (missing?.required === true) throw new RunbookError(`${command} needs ${missing.name}`, { hint: usage });
  const extra = positionals[known.length];
  if (extra !== undefined)
    throw new RunbookError(
      `${command} takes no ${known.length === 0 ? 'argument' : 'further argument'}, found ${JSON.stringify(extra)}`,
      { hint: usage },
    );
  const empty = positionals.indexOf('');
  if (empty !== -1) throw new RunbookError(`${known[empty]?.name ?? 'an argument'} is empty`, { hint: usage });
}

function unknown(what: string, word: string, known: readonly string[], help: string): RunbookError {
  const near = nearest(word, known);
  return new RunbookError(
    `unknown ${what} ${JSON.stringify(word)}${near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`}`,
    {
      hint: near === undefined ? `expected one of ${known.join(', ')}; see ${help}` : `see ${help}`,
    },
  );
}
