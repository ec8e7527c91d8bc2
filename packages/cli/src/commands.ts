// The one table of commands and their options. Parser and help read it; texts for people are in help.*.ts.

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** Shown in the help behind the option: `--environment NAME`. */
  readonly value?: string;
  readonly oneOf?: readonly string[];
}

export interface CommandSpec {
  readonly positionals: readonly { readonly name: string; readonly required: boolean }[];
  readonly options: Readonly<Record<string, OptionSpec>>;
}

const flag = { type: 'boolean' } as const satisfies OptionSpec;

export const common = {
  runbook: { type: 'string', value: 'FILE' },
  environment: { type: 'string', short: 'e', value: 'NAME' },
  directory: { type: 'string', short: 'C', value: 'FOLDER' },
  locale: { type: 'string', value: 'LOCALE', oneOf: ['en', 'zh-CN'] },
  json: flag,
  quiet: { type: 'boolean', short: 'q' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Record<string, OptionSpec>;

const { runbook, environment, directory, locale, json, quiet, help } = common;
const plain = { locale, json, help };

export const commands = {
  check: { positionals: [{ name: 'FILE', required: false }], options: { runbook, directory, ...plain, quiet } },
  plan: {
    positionals: [{ name: 'VERSION', required: true }],
    options: { rehearse: flag, first: flag, runbook, environment, directory, ...plain, quiet },
  },
  release: {
    positionals: [{ name: 'VERSION', required: true }],
    options: {
      approved: { type: 'string', value: 'DIGEST' },
      first: flag,
      yes: { type: 'boolean', short: 'y' },
      'no-rollback': flag,
      runbook,
      environment,
      directory,
      ...plain,
      quiet,
    },
  },
  rollback: {
    positionals: [],
    options: {
      to: { type: 'string', value: 'VERSION' },
      release: { type: 'string', value: 'ID' },
      reason: { type: 'string', value: 'TEXT' },
      'dry-run': flag,
      'accept-loss': flag,
      'keep-rows': flag,
      'accept-code': flag,
      'rows-written-since': { type: 'string', value: 'WHAT', oneOf: ['ask', 'keep'] },
      record: { type: 'string', value: 'FILE' },
      force: flag,
      yes: { type: 'boolean', short: 'y' },
      runbook,
      environment,
      directory,
      ...plain,
      quiet,
    },
  },
  status: {
    positionals: [],
    options: { release: { type: 'string', value: 'ID' }, all: flag, runbook, environment, directory, ...plain, quiet },
  },
  unlock: { positionals: [], options: { force: flag, runbook, environment, directory, ...plain, quiet } },
  help: { positionals: [{ name: 'COMMAND', required: false }], options: { locale, help } },
  version: { positionals: [], options: { json, help } },
} as const satisfies Record<string, CommandSpec>;

export type CommandName = keyof typeof commands;
export const commandNames = Object.keys(commands) as readonly CommandName[];

export function commandSpec(name: CommandName): CommandSpec {
  return commands[name];
}
