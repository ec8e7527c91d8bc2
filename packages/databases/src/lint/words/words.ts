import { en, type Words } from './en.ts';
import { zh } from './zh.ts';

/** The texts of a language; English for one that there is none of. */
export function wordsFor(locale: string | undefined): Words {
  return locale === 'zh-CN' || locale === 'zh' || locale === 'zh_CN' ? zh : en;
}
