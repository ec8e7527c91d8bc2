import type { Locale } from '@release-runbook/views/messages';

/**
 * The language for what people read: `--locale`, else what the terminal's variables say; undefined where these say nothing
 * (unset, C, POSIX), so that the runbook's own counts.
 */
export function localeOf(
  option: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Locale | undefined {
  if (option === 'zh-CN' || option === 'en') return option;
  const said = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '');
  if (said === undefined || /^(C|POSIX)\b/.test(said)) return undefined;
  return /^zh\b|^zh[_-]/i.test(said) ? 'zh-CN' : 'en';
}
