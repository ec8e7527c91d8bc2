import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Backup } from '@release-runbook/databases/types';
import { parseRunbook } from '@release-runbook/runbook/load';
import { backup } from '@release-runbook/steps/backup';
import { openContext, type StepContext } from '@release-runbook/steps/context';
import { recallBackup } from '@release-runbook/steps/copies/copy';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { watchedPlatform } from '../../support/platform.ts';

let folder: string;
let s3: ChildProcess;
let port: number;
let identity: string;
let recipient: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rr-copies-'));
  port = await freePort();
  const cache = process.env.RELEASE_RUNBOOK_CACHE ?? join(process.env.HOME ?? '', '.cache', 'release-runbook');
  const program = existsSync(join(cache, 'bin', 's3rver')) ? join(cache, 'bin', 's3rver') : 's3rver';
  s3 = spawn(
    program,
    ['-d', join(folder, 's3'), '-a', '127.0.0.1', '-p', String(port), '--configure-bucket', 'backups'],
    {
      stdio: 'ignore',
    },
  );
  for (let i = 0; i < 100 && (await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)) === undefined; i++)
    await sleep(100);
  identity = await generateIdentity();
  recipient = await identityToRecipient(identity);
});

afterAll(() => {
  s3.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A system with one SQLite database, its copies in three kinds of places, and a folder of configuration. */
async function start(
  name: string,
  options: { encrypt?: boolean; bucket?: string; extra?: Readonly<Record<string, string>> } = {},
) {
  const place = join(folder, name);
  for (const sub of ['srv', 'vault', 'remote', 'state', 'version']) mkdirSync(join(place, sub), { recursive: true });
  execFileSync('sqlite3', [
    join(place, 'srv', 'app.db'),
    'CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, x TEXT); INSERT INTO t (x) VALUES (1), (2)',
  ]);
  writeFileSync(join(place, 'srv', '.env.prod'), 'COLOUR=blue\n');
  writeFileSync(join(place, 'version', 'file'), 'v1');
  const text = `
runbook: v1
system: ${name}
source: { directory: ${join(place, 'version')} }
record: { on: app }
hosts:
  app: { local: true, directory: ${join(place, 'srv')} }
  vault: { local: true, directory: ${join(place, 'vault')} }
databases:
  main: { engine: sqlite, path: app.db, on: app }
backup:
  copies:
    - { on: vault, directory: backups }
    - { s3: 's3://${options.bucket ?? 'backups'}/${name}', endpoint: 'http://127.0.0.1:${port}', access-key: $S3_ID, secret-key: $S3_KEY }
    - { rclone: 'remote:${name}', config: $RCLONE_CONF }
  archive: [{ name: configuration, on: app, paths: [.env.prod] }]
  ${options.encrypt ? `encrypt: { age: [${recipient}], identity: $AGE_KEY }` : ''}
deploy: []
`;
  const platform = watchedPlatform();
  const ctx: StepContext = await openContext({
    runbook: await parseRunbook(text, 'runbook.yml'),
    version: 'v1',
    holder: { run: 'terminal', attempt: 1, job: 'test', nonce: name, since: new Date().toISOString() },
    run: null,
    first: true,
    root: join(place, 'state'),
    env: {
      ...process.env,
      S3_ID: 'S3RVER',
      S3_KEY: 'S3RVER',
      RCLONE_CONF: `[remote]\ntype = alias\nremote = ${join(place, 'remote')}\n`,
      AGE_KEY: identity,
      ...options.extra,
    },
    platform,
  });
  return { place, ctx, platform };
}

const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');

async function only(ctx: StepContext): Promise<Backup> {
  const [one] = (await ctx.databases.main?.backups()) ?? [];
  return one as Backup;
}

test('a backup lies in three other places, with its description, and comes back from each', async () => {
  const { place, ctx } = await start('plain');
  const result = await backup(ctx);
  expect(result).toMatchObject({ decision: 'proceed' });
  const made = await only(ctx);
  expect(made.copies.map(({ place: name, sha256: sum }) => [name, sum])).toEqual([
    ['vault', made.sha256],
    ['s3://backups/plain', made.sha256],
    ['remote:plain', made.sha256],
  ]);
  const bytes = readFileSync(made.path);
  expect(sha256(readFileSync(join(place, 'vault', 'backups', `${made.id}.sqlite`)))).toBe(sha256(bytes));
  expect(sha256(readFileSync(join(place, 'remote', 'plain', `${made.id}.sqlite`)))).toBe(sha256(bytes));
  const there = readdirSync(join(place, 'vault', 'backups')).sort();
  expect(there).toHaveLength(3);
  expect(there).toEqual(
    expect.arrayContaining([
      `${made.id}.json`,
      `${made.id}.sqlite`,
      expect.stringMatching(/^configuration-.*\.tar\.gz$/),
    ]),
  );
  // Each copy alone is enough: the ones before it are gone, or are something else.
  for (const [gone, from] of [
    [undefined, 'vault'],
    [join(place, 'vault', 'backups', `${made.id}.sqlite`), 's3://backups/plain'],
  ] as const) {
    if (gone !== undefined) writeFileSync(gone, 'something else');
    rmSync(made.path);
    expect(await recallBackup(ctx, ctx.hosts.get('app'), made)).toBe(from);
    expect(readFileSync(made.path).equals(bytes)).toBe(true);
  }
  rmSync(join(place, '..', 's3', 'backups', 'plain'), { recursive: true, force: true });
  for (const file of readdirSync(join(folder, 's3', 'backups'), { recursive: true }) as string[])
    if (file.startsWith('plain') && file.includes(made.id))
      rmSync(join(folder, 's3', 'backups', file), { force: true });
  rmSync(made.path);
  expect(await recallBackup(ctx, ctx.hosts.get('app'), made)).toBe('remote:plain');
  await ctx.close();
});

test('encrypted copies are opened by age itself, and by nobody without the key', async () => {
  const { place, ctx } = await start('secret', { encrypt: true });
  await backup(ctx);
  const made = await only(ctx);
  const copy = join(place, 'vault', 'backups', `${made.id}.sqlite.age`);
  expect(readFileSync(copy).subarray(0, 21).toString()).toBe('age-encryption.org/v1');
  const key = join(place, 'key.txt');
  writeFileSync(key, `${identity}\n`, { mode: 0o600 });
  expect(sha256(execFileSync('age', ['-d', '-i', key, copy]))).toBe(made.sha256);
  rmSync(made.path);
  expect(await recallBackup(ctx, ctx.hosts.get('app'), made)).toBe('vault');
  expect(sha256(readFileSync(made.path))).toBe(made.sha256);
  await ctx.close();

  const other = await start('secret', { encrypt: true, extra: { AGE_KEY: await generateIdentity() } });
  rmSync(made.path);
  await expect(recallBackup(other.ctx, other.ctx.hosts.get('app'), made)).rejects.toThrow('cannot be decrypted');
  expect(existsSync(made.path)).toBe(false);
  await other.ctx.close();
});

test('a damaged copy is never brought back', async () => {
  const { place, ctx } = await start('damaged');
  await backup(ctx);
  const made = await only(ctx);
  const copy = join(place, 'vault', 'backups', `${made.id}.sqlite`);
  const bytes = readFileSync(copy);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(copy, bytes);
  writeFileSync(join(place, 'remote', 'damaged', `${made.id}.sqlite`), bytes);
  await expect(
    recallBackup(ctx, ctx.hosts.get('app'), {
      ...made,
      copies: made.copies.filter((one) => !one.place.startsWith('s3')),
    }),
  ).rejects.toThrow(/vault: it has another hash.*remote:damaged: it has another hash/s);
  await ctx.close();
});

test('a store that refuses, and files that are not there, end the step before anything is released', async () => {
  const refused = await start('refused', { bucket: 'nothing' });
  const ended = await backup(refused.ctx);
  expect(ended.decision).not.toBe('proceed');
  expect(ended.text).toMatch(/s3:\/\/nothing\/refused: the upload of .* failed: 404 NoSuchBucket/);
  await refused.ctx.close();

  const { ctx, place } = await start('missing');
  rmSync(join(place, 'srv', '.env.prod'));
  const result = await backup(ctx);
  expect(result.decision).not.toBe('proceed');
  expect(result.text).toMatch(/archive configuration of \.env\.prod/);
  await ctx.close();
});
