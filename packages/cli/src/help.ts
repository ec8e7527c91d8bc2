import { RunbookError } from '@release-runbook/units/error';
import { nearest } from '@release-runbook/units/nearest';
import type { Locale } from '@release-runbook/views/messages';
import { columns } from '@release-runbook/views/table';
import { type CommandName, commandNames, commandSpec, type OptionSpec } from './commands.ts';
import { en, type HelpTexts } from './help.en.ts';
import { zh } from './help.zh.ts';

/**
 * The help of a command, or of the whole.
 * @throws RunbookError for a command that there is none of
 */
export function helpText(about: string | undefined, locale: Locale): string {
  const texts = locale === 'zh-CN' ? zh : en;
  if (about === undefined || about === 'help') return overview(texts);
  const command = commandNames.find((name) => name === about);
  if (command === undefined) {
    const near = nearest(about, commandNames);
    throw new RunbookError(
      `unknown command ${JSON.stringify(about)}${near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`}`,
      {
        hint: `expected one of ${commandNames.join(', ')}`,
      },
    );
  }
  return one(command, texts);
}

function overview(texts: HelpTexts): string {
  const rows = commandNames.map((name) => [usage(name), texts.commands[name].summary]);
  return `${[texts.about, '', `${texts.words.usage}: runbook COMMAND …`, '', columns(rows), '', texts.exits, '', texts.more].join('\n')}\n`;
}

function one(name: CommandName, texts: HelpTexts): string {
  const { words, options } = texts;
  const { summary, does, changes, examples } = texts.commands[name];
  const rows = Object.entries(commandSpec(name).options).map(([option, spec]) => [
    written(option, spec),
    options[`${name} ${option}`] ?? options[option] ?? '',
  ]);
  const parts = [
    `runbook ${usage(name)}`,
    summary,
    does,
    `${words.changes}: ${changes}`,
    ...(rows.length > 0 ? [`${words.options}:\n${columns(rows)}`] : []),
    texts.exits,
    `${words.examples}:\n${examples.map((example) => `  ${example}`).join('\n')}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function usage(name: CommandName): string {
  const { positionals } = commandSpec(name);
  return [name, ...positionals.map(({ name: word, required }) => (required ? word : `[${word}]`))].join(' ');
}

function written(name: string, { short, value, oneOf }: OptionSpec): string {
  const what = oneOf === undefined ? value : oneOf.join('|');
  return `${short === undefined ? '    ' : `-${short}, `}--${name}${what === undefined ? '' : ` ${what}`}`;
}
