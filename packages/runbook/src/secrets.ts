import type { Finding } from './finding.ts';
import type { Tree } from './tree.ts';
import type { RunbookPath } from './types.ts';

const patterns: readonly { what: string; pattern: RegExp; example: string }[] = [
  { what: 'a private key', pattern: /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/, example: '$SSH_KEY' },
  {
    what: 'a URL with its password',
    // A password that begins with $ is the name of one.
    pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:(?!\$)[^\s/@]+@/i,
    example: '$DATABASE_URL',
  },
  {
    what: 'a GitHub token',
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/,
    example: '$GITHUB_TOKEN',
  },
  { what: 'a GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20,}/, example: '$GITLAB_TOKEN' },
  { what: 'an AWS access key', pattern: /\bA(?:KI|SI)A[0-9A-Z]{16}\b/, example: '$AWS_ACCESS_KEY_ID' },
  { what: 'a Slack token', pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,}/, example: '$SLACK_TOKEN' },
  { what: 'an API key', pattern: /\bsk[-_](?:live|test|proj|ant)[-_][A-Za-z0-9_-]{16,}/, example: '$API_KEY' },
  {
    what: 'a JSON web token',
    pattern: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+/,
    example: '$API_TOKEN',
  },
];

/** Nearly every value is none: one expression to compile and try instead of all. */
const anyPattern = new RegExp(patterns.map(({ pattern }) => pattern.source).join('|'), 'i');

const secretWord =
  /(?:^|[_-])(?:pass(?:word|wd|phrase)?|pwd|token|secret|credentials?|authorization|cookie|api[_-]?key|private[_-]?key|access[_-]?key|secret[_-]?key|auth)(?:$|[_-])/i;

/** Maps whose values go into a program or over the wire as they are. */
const carriers = new Set(['env', 'headers', 'json']);

/**
 * Values that look like secrets. Messages tell the place and never the value.
 */
export function findSecrets(tree: Tree): Finding[] {
  const found: Finding[] = [];
  walk(tree, [], false, found);
  return found;
}

function walk(tree: Tree, path: RunbookPath, carried: boolean, found: Finding[]): void {
  if (tree.kind === 'list') {
    tree.items.forEach((item, index) => {
      walk(item, [...path, index], carried, found);
    });
  } else if (tree.kind === 'map') {
    for (const [key, { value }] of tree.entries) walk(value, [...path, key], carried || carriesInto(path, key), found);
  } else if (typeof tree.value === 'string') {
    const secret = secretIn(tree.value, carried ? path : []);
    if (secret !== undefined) {
      found.push({
        path,
        message: `a secret is written out here (${secret.what}), expected the name of a variable of the step's environment, such as "${secret.example}"`,
        hint: 'whoever can read the repository has it now: replace the secret too, its history stays',
      });
    }
  }
}

/** `preflight: - env: …` is a check, and a database's `env` has names of variables: no map of values, either. */
const carriesInto = (path: RunbookPath, key: string): boolean =>
  carriers.has(key) && !(key === 'env' && (typeof path.at(-1) === 'number' || path.at(-2) === 'databases'));

function secretIn(value: string, path: RunbookPath): { what: string; example: string } | undefined {
  const known = anyPattern.test(value) ? patterns.find(({ pattern }) => pattern.test(value)) : undefined;
  if (known !== undefined) return known;
  const key = path.at(-1);
  if (typeof key !== 'string' || !secretWord.test(key.replace(/([a-z])([A-Z])/g, '$1_$2'))) return undefined;
  if (value === '' || value.includes('$')) return undefined;
  const example = `$${key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]/g, '_')
    .toUpperCase()}`;
  return { what: `the value of "${key}"`, example: /^authorization$/i.test(key) ? 'Bearer $API_TOKEN' : example };
}
