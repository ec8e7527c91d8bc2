import { nearest } from '@release-runbook/units/nearest';
import { didYouMean } from '../finding.ts';
import type { CheckSpec } from '../schema/checks.ts';
import { checkSections } from '../sections.ts';
import { notReading } from '../sql.ts';
import type { RunbookPath } from '../types.ts';
import type { Subject } from './subject.ts';

/** Texts that any schema takes and no program could use: addresses without a host, statements that write, misspelt words. */
export function checkTexts(subject: Subject): void {
  checkAddresses(subject);
  for (const section of checkSections) {
    subject.sections[section]?.forEach((check, index) => {
      if ('sql' in check) checkStatement(subject, check.sql.query, [section, index, 'sql', 'query']);
    });
  }
  checkUndoWords(subject);
}

function checkStatement(subject: Subject, query: string, path: RunbookPath): void {
  const got = notReading(query);
  if (got === undefined) return;
  subject.problem(path, `query: expected one SELECT, got ${got}: a check only reads`, {
    hint: 'begin it with SELECT, WITH … SELECT, or a PRAGMA that reads; what writes belongs into "migrate:" or "deploy:"',
  });
}

/** Asked from a host of the runbook: an address without its own host would be asked nowhere. */
function checkAddresses(subject: Subject): void {
  const { sections } = subject;
  for (const [name, { health }] of Object.entries(sections.services ?? {}))
    checkAddress(subject, health, ['services', name, 'health']);
  for (const section of checkSections)
    sections[section]?.forEach((check, index) => {
      for (const { url, path } of addressesOf(check)) checkAddress(subject, url, [section, index, ...path]);
    });
  sections.canary?.metrics?.forEach((metric, index) => {
    if ('http' in metric) checkAddress(subject, metric.http.url, ['canary', 'metrics', index, 'http', 'url']);
  });
}

function addressesOf(check: CheckSpec): readonly { url: string | undefined; path: RunbookPath }[] {
  if ('http' in check) return [{ url: check.http.url, path: ['http', 'url'] }];
  if ('polling' in check) {
    const { url, full, capture } = check.polling;
    return [
      { url, path: ['polling', 'url'] },
      { url: full, path: ['polling', 'full'] },
      { url: capture?.url, path: ['polling', 'capture', 'url'] },
    ];
  }
  if (!('journey' in check)) return [];
  return (['steps', 'cleanup'] as const).flatMap((part) =>
    (check.journey[part] ?? []).map(({ url }, index) => ({ url, path: ['journey', part, index, 'url'] })),
  );
}

function checkAddress(subject: Subject, url: string | undefined, path: RunbookPath): void {
  // A variable may hold the beginning of an address.
  if (url === undefined || /^https?:\/\/[^/?#]/i.test(url) || url.startsWith('$')) return;
  const got = JSON.stringify(url);
  subject.problem(
    path,
    `${String(path.at(-1))}: expected an address with its host, such as "http://127.0.0.1:$PORT/health", got ${got}`,
    { hint: addressMeant(url) },
  );
}

function addressMeant(url: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) return 'what can be asked begins with http:// or https://';
  // A host without its scheme, or a path alone.
  const host = /^[^/]*[.:]/.test(url) || /^localhost\b/.test(url);
  return `write "http://${host ? url : `127.0.0.1:$PORT${url.replace(/^\/*/, '/')}`}"`;
}

/** A word that is nearly one of ours would be run as a script of that name, in the middle of a rollback. */
function checkUndoWords(subject: Subject): void {
  const { migrate, deploy } = subject.sections;
  for (const [name, { undo }] of Object.entries(migrate ?? {})) {
    if (typeof undo !== 'string' || undo === 'keep') continue;
    word(subject, undo, ['migrate', name, 'undo'], { keep: 'keep', restore: '{ restore: {} }' });
  }
  deploy?.forEach((item, index) => {
    if ('restart' in item || typeof item.undo !== 'string') return;
    word(subject, item.undo, ['deploy', index, 'undo'], { keep: '', restore: '', none: '{ none: "why" }' });
  });
}

/** @param known each word with what is to be written for it; an empty one belongs elsewhere */
function word(subject: Subject, text: string, path: RunbookPath, known: Readonly<Record<string, string>>): void {
  const script = text.trim();
  if (!/^[A-Za-z]+$/.test(script)) return;
  const meant = nearest(script, Object.keys(known));
  if (meant === undefined) return;
  const write = known[meant] ?? '';
  const message =
    write === ''
      ? `undo: ${JSON.stringify(script)} is for migrations, and here would be run as a script`
      : `undo: ${JSON.stringify(script)} would be run as a script of that name`;
  subject.problem(path, `${message}, expected a script that leads back${write === '' ? '' : `, or ${write}`}`, {
    hint: `${write === '' ? 'write { none: "why" } for what cannot be undone' : meant === write ? didYouMean(meant) : `did you mean ${write}?`}; a program that is called so is written as a list: [${script}]`,
  });
}
