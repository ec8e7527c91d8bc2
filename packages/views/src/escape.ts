// What comes from a record (versions, messages of programs, table names) is text to show, never Markdown or HTML to obey.

// oxlint-disable-next-line no-control-regex
const ansi = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
// Control characters, and those that turn the reading direction around, hide in a line, or break one.
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Half a character would be refused, or break the encoding, further on. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

const invisible = '\u200b';

/** Without colours, cursor movements and invisible characters; line ends are LF. */
export function plain(text: string): string {
  return wellFormed(text).replace(ansi, '').replace(/\r\n?/g, '\n').replace(controls, '');
}

/** On one line. */
export function oneLine(text: string): string {
  return plain(text)
    .replace(/[\n\t ]+/g, ' ')
    .trim();
}

const entity = (character: string): string => `&#${character.codePointAt(0)};`;

/**
 * Text within a line of Markdown: no structure, no HTML, no mention, no reference, no link. What Markdown would read is
 * written as entities, which it never takes for structure (CommonMark 0.31, 2.5); mentions and references, which the
 * forge looks for after that, are broken by a character of no width.
 */
export function escapeText(text: string): string {
  return oneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[`*[\]\\|~$]/g, entity)
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, entity)
    .replace(/@(?=[A-Za-z0-9])/g, `@${invisible}`)
    .replace(/(?<!&)#(?=[A-Za-z0-9])/g, `${entity('#')}${invisible}`)
    .replace(/(?<!&)#(?!\d+;)/g, entity)
    .replace(/:(?=\/\/)/g, `:${invisible}`)
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}${invisible}.`)
    .replace(/(GH)-(?=\d)/gi, `$1${invisible}-`)
    .replace(/^[-+=]/, entity)
    .replace(/^(\d+)([.)])(?=\s|$)/, (_, digits: string, mark: string) => `${digits}${entity(mark)}`);
}

/** A name, a version or a command as code within a line, also inside a table. */
export function code(text: string): string {
  const inner = oneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[`*_[\]\\|~$#@!]|:(?=\/\/)/g, entity)
    .replace(/(www|GH)(?=[.-])/gi, `$1${invisible}`);
  return `<code>${inner}</code>`;
}

/** A block of code whose fence is longer than any run of backticks in it. */
export function fence(text: string, info = ''): string {
  const body = plain(text).replace(/\n+$/, '');
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map((run) => run[0].length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}${info}\n${body}\n${marks}`;
}

/** A link; the text alone where the address is none that a browser should open. */
export function link(text: string, url: string | undefined): string {
  return url !== undefined && /^https?:\/\/[A-Za-z0-9.:[\]-]+(?:[/?#][!#$%&'*+,./0-9:;=?@A-Z_a-z~-]*)?$/.test(url)
    ? `[${escapeText(text)}](${url})`
    : escapeText(text);
}

/** A marker that a reader does not see. It cannot be closed early by what it holds. */
export function marker(kind: string, ...key: readonly string[]): string {
  const parts = key.map((part) => encodeURIComponent(wellFormed(part)).replace(/-/g, '%2D').replace(/!/g, '%21'));
  return `<!-- release-runbook ${kind} ${parts.join('/')} -->`;
}
