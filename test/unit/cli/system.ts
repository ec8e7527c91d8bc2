import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Around, type Called, runbook } from './support.ts';

/** A system of one text file, on this machine: the whole way of the program without any server. */
export interface SmallSystem {
  readonly folder: string;
  readonly file: string;
  /** The environment's folder in the home of the test. */
  readonly state: string;
  /** Calls the program with this system's runbook. */
  call(argv: readonly string[], around?: Around): Promise<Called>;
  json(argv: readonly string[]): Promise<{ code: number; value: any }>;
  /** The file as it is served. */
  page(): Promise<string>;
  remove(): Promise<void>;
}

/** @param more sections added to the runbook */
export async function smallSystem(more = ''): Promise<SmallSystem> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'runbook-cli-')));
  const before = process.env['HOME'];
  process.env['HOME'] = join(folder, 'home');
  const file = join(folder, 'runbook.yml');
  for (const path of ['home', 'live', 'versions/v1', 'versions/v2', 'versions/v3', 'versions/bad'])
    await mkdir(join(folder, path), { recursive: true });
  for (const version of ['v1', 'v2', 'v3', 'bad']) await writeFile(join(folder, `versions/${version}/page`), version);
  await writeFile(join(folder, 'live/page'), 'v1');
  await writeFile(
    file,
    `runbook: v1
system: shop
previous: v1
environments:
  test:
    hosts:
      app: { local: true, directory: ${folder}/live }
source: { directory: ${folder}/versions/$VERSION }
deploy:
  - name: page
    on: app
    run: cp "${folder}/versions/$VERSION/page" page; test ! -e ${folder}/slow || sleep 2
    undo: cp "${folder}/versions/$PREVIOUS_VERSION/page" page
smoke:
  - command: { on: app, run: "! grep -q bad page" }
rollback:
  budget: { execute: 5m, verify: 1m }
${more}`,
  );
  const call = (argv: readonly string[], around?: Around) => runbook([...argv, '--runbook', file], around);
  return {
    folder,
    file,
    state: join(folder, 'home/.release-runbook/shop/test'),
    call,
    async json(argv) {
      const { code, out } = await call([...argv, '--json']);
      return { code, value: JSON.parse(out) };
    },
    page: () => readFile(join(folder, 'live/page'), 'utf8'),
    async remove() {
      process.env['HOME'] = before;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
