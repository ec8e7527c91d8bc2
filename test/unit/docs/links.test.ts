import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { checkRunbook } from '@release-runbook/runbook/load';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const skipped = new Set(['node_modules', 'dist', 'lib', '.git', '.cache', 'coverage']);

async function* pages(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (skipped.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* pages(path);
    else if (entry.name.endsWith('.md')) yield path;
  }
}

interface Page {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

const all: Page[] = [];
for await (const path of pages(root))
  all.push({ name: relative(root, path).split(sep).join('/'), path, text: await readFile(path, 'utf8') });

interface Block {
  readonly language: string;
  readonly line: number;
  readonly text: string;
}

/** Fenced blocks, each with the line on which its text begins; `rest` has the page without them. */
function fences(text: string): { blocks: readonly Block[]; rest: string } {
  const blocks: Block[] = [];
  const rest: string[] = [];
  let open: { fence: string; indent: number; language: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const mark = /^(\s*)(`{3,})\s*(\S*)/.exec(line);
    if (open === undefined && mark !== null) {
      open = {
        fence: mark[2] ?? '',
        indent: (mark[1] ?? '').length,
        language: mark[3] ?? '',
        line: index + 2,
        lines: [],
      };
    } else if (open !== undefined && line.trim() === open.fence) {
      blocks.push({ language: open.language, line: open.line, text: `${open.lines.join('\n')}\n` });
      open = undefined;
    } else if (open !== undefined) open.lines.push(line.slice(open.indent));
    else rest.push(line);
  }
  return { blocks, rest: rest.join('\n') };
}

/** A heading's anchor, as GitHub makes it. */
const slug = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

function anchors(text: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...fences(text).rest.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const base = slug(heading);
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    return count === 0 ? base : `${base}-${count}`;
  });
}

test('every relative link leads to a file that is there, and to a heading that it has', async () => {
  const broken: string[] = [];
  for (const page of all) {
    for (const [, target = ''] of fences(page.text)
      .rest.replace(/`[^`\n]*`/g, '')
      .matchAll(/\]\(<?([^)\s>]+)>?\)/g)) {
      if (/^[a-z][a-z0-9+.-]*:/i.test(target)) continue;
      const [file = '', anchor] = target.split('#');
      const path = file === '' ? page.path : join(dirname(page.path), decodeURIComponent(file));
      const found = await stat(path).catch(() => undefined);
      if (found === undefined) broken.push(`${page.name}: ${target}`);
      else if (
        anchor !== undefined &&
        path.endsWith('.md') &&
        !anchors(await readFile(path, 'utf8')).includes(decodeURIComponent(anchor))
      )
        broken.push(`${page.name}: ${target} (no such heading)`);
    }
  }
  expect(broken).toEqual([]);
});

// A yaml block whose first line is "runbook: v1" is a whole runbook.
const runbooks = all.flatMap(({ name, text }) =>
  fences(text)
    .blocks.filter(({ language, text: block }) => language === 'yaml' && block.startsWith('runbook: v1\n'))
    .map((block) => ({ at: `${name}:${block.line}`, ...block })),
);

test('there are runbooks in the pages', () => {
  expect(runbooks.length).toBeGreaterThan(10);
});

test.each(runbooks)('the runbook at $at passes `runbook check`', async ({ at, text }) => {
  const { problems } = await checkRunbook(text, at);
  expect(problems.map((problem) => `${problem.at?.line}:${problem.at?.column} ${problem.message}`)).toEqual([]);
});

test('each page in English that has a Chinese one links it, and back', () => {
  const names = new Set(all.map(({ name }) => name));
  for (const { name, text } of all) {
    const other = name.endsWith('.zh-CN.md') ? name.replace('.zh-CN.md', '.md') : name.replace(/\.md$/, '.zh-CN.md');
    if (!names.has(other)) continue;
    expect({ name, links: text.includes(`](${other.split('/').at(-1)})`) }).toEqual({ name, links: true });
  }
});

test('the page on runbooks names every key of the schema', async () => {
  const schema: unknown = JSON.parse(await readFile(join(root, 'runbook.schema.json'), 'utf8'));
  const keys = new Set<string>();
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { properties } = node as { properties?: unknown };
    if (typeof properties === 'object' && properties !== null) for (const key of Object.keys(properties)) keys.add(key);
    for (const value of Object.values(node)) collect(value);
  };
  collect(schema);
  const text = all.find(({ name }) => name === 'docs/writing-a-runbook.md')?.text ?? '';
  const words = new Set(text.match(/[A-Za-z0-9-]+/g));
  expect([...keys].filter((key) => !words.has(key))).toEqual([]);
});
