import { describe, expect, test } from '@jest/globals';
import { parseArguments } from '@release-runbook/cli/arguments';
import { type CommandName, commandNames, commandSpec } from '@release-runbook/cli/commands';
import { helpText } from '@release-runbook/cli/help';
import { en } from '@release-runbook/cli/help.en';
import { zh } from '@release-runbook/cli/help.zh';
import { localeOf } from '@release-runbook/cli/locale';
import { runbook } from './support.ts';

describe('help', () => {
  test.each([...commandNames])('%s: every option is told, in both languages', (name: CommandName) => {
    for (const [locale, texts] of [
      ['en', en],
      ['zh-CN', zh],
    ] as const) {
      const text = helpText(name === 'help' ? undefined : name, locale);
      if (name !== 'help')
        for (const option of Object.keys(commandSpec(name).options)) {
          expect(text).toContain(`--${option}`);
          expect(texts.options[`${name} ${option}`] ?? texts.options[option]).toBeTruthy();
        }
      for (const code of ['0', '1', '2', '75', '130']) expect(text).toMatch(new RegExp(`^  ${code} `, 'm'));
    }
  });

  test('no text is left over from an option that is gone', () => {
    const known = new Set(
      commandNames.flatMap((name) =>
        Object.keys(commandSpec(name).options).flatMap((option) => [option, `${name} ${option}`]),
      ),
    );
    for (const texts of [en, zh]) expect(Object.keys(texts.options).filter((name) => !known.has(name))).toEqual([]);
    expect(Object.keys(zh.options).sort()).toEqual(Object.keys(en.options).sort());
  });

  test('the examples are commands that are accepted', () => {
    for (const texts of [en, zh])
      for (const { examples } of Object.values(texts.commands))
        for (const example of examples) {
          const words = example.replace(/\s+#.*$|\s>\S+$/g, '').match(/"[^"]*"|\S+/g) ?? [];
          expect(words[0]).toBe('runbook');
          parseArguments(words.slice(1).map((word) => word.replaceAll('"', '')));
        }
  });

  test('the language is that of the option, then of the terminal', () => {
    expect(localeOf('en', { LANG: 'zh_CN.UTF-8' })).toBe('en');
    expect(localeOf(undefined, { LANG: 'zh_CN.UTF-8' })).toBe('zh-CN');
    expect(localeOf(undefined, { LC_ALL: 'de_DE', LANG: 'zh_CN' })).toBe('en');
    expect(localeOf(undefined, { LANG: 'C.UTF-8' })).toBeUndefined();
    expect(localeOf(undefined, {})).toBeUndefined();
  });

  test('asked for: standard output and 0; called without a command: standard error and 1', async () => {
    const asked = await runbook(['rollback', '--help']);
    expect(asked).toMatchObject({ code: 0, err: '' });
    expect(asked.out).toContain('--accept-loss');
    expect(await runbook([])).toMatchObject({ code: 1, out: '' });
    expect((await runbook(['help', 'rolback'])).err).toContain('did you mean "rollback"?');
    expect((await runbook(['status', '--help'], { env: { LANG: 'zh_CN' } })).out).toContain('退出码');
  });
});
