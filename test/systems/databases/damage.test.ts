import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { openDatabase } from '@release-runbook/databases/open';
import type { Backup } from '@release-runbook/databases/types';
import type { Host } from '@release-runbook/hosts/types';
import { CLIENTS, FIXTURE, makePlace, type Place, python, select, startWriter, write } from './support.ts';

let place: Place;
afterEach(() => place.close());

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const MORE = `INSERT INTO log SELECT hex(randomblob(300)) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT i FROM n);`;

describe.each(Object.keys(CLIENTS))('damaged backups, %s', (name) => {
  const start = async () => {
    place = await makePlace(CLIENTS[name]?.client, FIXTURE + MORE);
    const backup = await place.db.backup('main-1');
    copyFileSync(backup.path, `${backup.path}.good`);
    return backup;
  };
  /** A hash made of the damaged file shows what restoring alone finds. */
  const trusting = (backup: Backup): Backup => ({
    ...backup,
    bytes: statSync(backup.path).size,
    sha256: sha256(backup.path),
  });

  test('cut at every tenth of its length, by hash and by restoring', async () => {
    const backup = await start();
    for (let tenth = 0; tenth < 10; tenth++) {
      copyFileSync(`${backup.path}.good`, backup.path);
      truncateSync(backup.path, Math.floor((backup.bytes * tenth) / 10));
      await expect(place.db.verify(backup)).rejects.toThrow('it was cut or replaced');
      await expect(place.db.verify(trusting(backup))).rejects.toThrow('cannot be trusted');
      await expect(place.db.restore(backup, 'r')).rejects.toThrow('cannot be trusted');
    }
    expect((await place.db.backups())[0]?.verified).toBeUndefined();
    expect(select(place.file, 'SELECT count(*) FROM reports')).toEqual([[4]]);
  });

  test('one bit flipped in various places', async () => {
    const backup = await start();
    for (let i = 0; i < 12; i++) {
      const bytes = readFileSync(`${backup.path}.good`);
      const at = Math.floor((bytes.length * (i + 0.37)) / 12);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (i % 8));
      write(backup.path, bytes);
      await expect(place.db.verify(backup)).rejects.toThrow('its SHA-256 is');
    }
  });

  test('another database, an older backup of the same, none', async () => {
    const backup = await start();
    python(place.file, 'DELETE FROM log');
    const later = await place.db.backup('main-2');
    copyFileSync(later.path, backup.path);
    await expect(place.db.verify(trusting(backup))).rejects.toThrow('log has 0 rows instead of 203');
    await expect(place.db.verify({ ...backup, database: 'other' })).rejects.toThrow('it is of database other');
    execFileSync('rm', [backup.path]);
    await expect(place.db.verify(backup)).rejects.toThrow('there is no file');
    expect((await place.db.backups()).map((b) => b.id)).toEqual(['main-2']);
  });
});

test('what the live database already broke is no damage of its backup, more is', async () => {
  place = await makePlace('python3', `${FIXTURE} INSERT INTO results VALUES (99, 'orphan', 1);`);
  const backup = await place.db.verify(await place.db.backup('main-1'));
  python(
    backup.path,
    "INSERT INTO results VALUES (98, 'orphan', 1); DELETE FROM results WHERE report = 1 AND \"the key\" = 'a'",
  );
  await expect(
    place.db.verify({ ...backup, bytes: statSync(backup.path).size, sha256: sha256(backup.path) }),
  ).rejects.toThrow('foreign_key_check finds 2 violations, 1 when it was written');
});

describe('space', () => {
  const small = async (
    client: string,
    work: (db: Place['db'], lie: (on: boolean) => void, folder: string) => Promise<void>,
  ) => {
    place = await makePlace(CLIENTS[client]?.client, FIXTURE + MORE.repeat(20));
    const folder = join(place.folder, 'small');
    mkdirSync(folder);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', folder], { stdio: 'pipe' });
    } catch (error) {
      throw new Error(
        `this test mounts a small file system: run it as root (sudo npm test), in a container with --cap-add SYS_ADMIN: ${String(error)}`,
      );
    }
    let lying = false;
    const host: Host = {
      ...place.host,
      shell: async (text, options) =>
        lying && text.includes('df -Pk')
          ? { code: 0, stdout: 'x 1 1 99999999 1% /x\n', stderr: '', ms: 1, timedOut: false }
          : place.host.shell(text, options),
    };
    const db = await openDatabase(
      'main',
      { engine: 'sqlite', path: 'app.db', on: 'app', client: CLIENTS[client]?.client ?? 'python3' },
      host,
      { directory: folder },
    );
    try {
      await work(db, (on) => (lying = on), folder);
    } finally {
      execFileSync('umount', [folder]);
    }
  };

  test('is asked for before the first byte', () =>
    small('python3', async (db, _lie, folder) => {
      await expect(db.backup('main-1')).rejects.toThrow(
        /the backup of database main needs .*[KM]i?B in .*small\/main on host app, .* are free; nothing was changed/,
      );
      expect(readdirSync(join(folder, 'main'))).toEqual([]);
      const { needed, free } = await db.space();
      expect(needed).toBeGreaterThan(free);
    }));

  test.each(Object.keys(CLIENTS))('runs out in the middle of a backup, %s', (client) =>
    small(client, async (db, lie, folder) => {
      lie(true);
      await expect(db.backup('main-1')).rejects.toThrow(
        /became full during the backup of database main .* the unfinished backup was removed and nothing else was changed/,
      );
      expect(readdirSync(join(folder, 'main'))).toEqual([]);
    }),
  );
});

describe('a restore killed anywhere', () => {
  const DEATH = 'killed here';
  /** A host on which the n-th call is not made (or made, and its answer lost), or the n-th command of the swap is the last. */
  const mortal = (host: Host, at: number, when: 'before' | 'after' | 'inside'): { host: Host; died: () => boolean } => {
    let calls = 0;
    let died = false;
    const guard = async <T>(work: () => Promise<T>): Promise<T> => {
      const mine = ++calls === at && when !== 'inside';
      if (died) throw new Error(DEATH);
      if (mine) died = true;
      if (mine && when === 'before') throw new Error(DEATH);
      const result = await work();
      if (mine) throw new Error(DEATH);
      return result;
    };
    const cut = (text: string) => {
      let n = 0;
      return text.replace(/\b(mv|sync|chmod|rm -f) [^;\n]*/g, (command) => {
        if (++n !== at) return command;
        died = true;
        return `${command}; kill -9 $$`;
      });
    };
    return {
      died: () => died,
      host: {
        ...host,
        shell: (text, options) =>
          guard(() => host.shell(when === 'inside' && text.includes('RR_FRESH') ? cut(text) : text, options)),
        exec: (program, options) => guard(() => host.exec(program, options)),
        write: (path, text, mode) => guard(() => host.write(path, text, mode)),
        read: (path) => guard(() => host.read(path)),
      },
    };
  };

  test.each([
    ['before', 'sqlite3'],
    ['after', 'sqlite3'],
    ['inside', 'python3'],
  ] as const)('%s each call, %s: ends in the same state', async (when, client) => {
    let points = 0;
    for (let at = 1; ; at++) {
      place = await makePlace(client, `PRAGMA journal_mode = wal; ${FIXTURE}`);
      const backup = await place.db.verify(await place.db.backup('main-1'));
      const writer = startWriter(place.file);
      await writer.ready;
      await writer.stop();
      const { host, died } = mortal(place.host, at, when);
      const dying = await openDatabase('main', { engine: 'sqlite', path: 'app.db', on: 'app', client }, host, {
        directory: join(place.folder, '../backups'),
      });
      await dying.restore(backup, 'r').catch(() => undefined);
      // The old database is whole under one of its two names.
      const kept = existsSync(`${place.file}.rescue-r`) ? `${place.file}.rescue-r` : place.file;
      expect(existsSync(kept)).toBe(true);
      const { rescue } = await place.db.restore(backup, 'r');
      expect(rescue).toBe(`${place.file}.rescue-r`);
      expect(await place.db.compare(backup, await place.db.live())).toEqual({
        schema: [],
        rows: [],
      });
      expect(select(place.file, 'PRAGMA integrity_check')).toEqual([['ok']]);
      expect(select(rescue ?? '', 'PRAGMA integrity_check')).toEqual([['ok']]);
      expect(select(rescue ?? '', 'SELECT max(id) FROM reports')[0]?.[0]).toBeGreaterThanOrEqual(writer.committed());
      expect(existsSync(`${place.file}.restoring`)).toBe(false);
      if (!died()) break;
      points++;
      await place.close();
    }
    console.info(`${when}, ${client}: ${points} points of death`);
    expect(points).toBeGreaterThan(5);
  });
});

describe('restoring', () => {
  test('keeps owner and mode, follows a link to the file, refuses what appeared under its name', async () => {
    place = await makePlace('python3', FIXTURE);
    execFileSync('mkdir', [join(place.folder, 'shared')]);
    execFileSync('mv', [place.file, join(place.folder, 'shared/real.db')]);
    symlinkSync('shared/real.db', place.file);
    const real = join(place.folder, 'shared/real.db');
    chmodSync(real, 0o640);
    if (process.getuid?.() === 0) execFileSync('chown', ['1234:4321', real]);
    const { uid, gid } = statSync(real);
    const backup = await place.db.backup('main-1');
    await place.db.restore(backup, 'r');
    expect(statSync(real)).toMatchObject({ uid, gid });
    expect(statSync(real).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(place.folder, 'shared')).sort()).toEqual(['real.db', 'real.db.rescue-r']);
    // Killed between the two renames; then an application starts and makes a file of its own.
    execFileSync('mv', [real, `${real}.rescue-r2`]);
    write(real, '');
    await expect(place.db.restore(backup, 'r2')).rejects.toMatchObject({
      hint: expect.stringContaining('made a new file'),
    });
  });

  test('a broken live database becomes the rescue as it is', async () => {
    place = await makePlace('python3', `PRAGMA journal_mode = wal; ${FIXTURE}`);
    const backup = await place.db.backup('main-1');
    write(place.file, 'this is no database at all'.repeat(200));
    const { rescue } = await place.db.restore(backup, 'r');
    expect(readFileSync(rescue ?? '', 'utf8')).toMatch(/^this is no database/);
    expect(select(place.file, 'SELECT journal_mode FROM pragma_journal_mode')).toEqual([['wal']]);
  });
});

test('prune keeps the newest verified backups, those spared, and what may just be being verified', async () => {
  place = await makePlace('python3', FIXTURE);
  const { db } = place;
  expect(await db.prune(1, [])).toEqual([]);
  for (const n of [1, 2, 3, 4, 5]) {
    const backup = await db.backup(`main-${n}`);
    if (n !== 2 && n !== 5) await db.verify(backup);
  }
  expect(await db.prune(1, ['main-1'])).toEqual(['main-2', 'main-3']);
  expect((await db.backups()).map((b) => b.id)).toEqual(['main-1', 'main-4', 'main-5']);
  expect(await db.prune(0, [])).toEqual(['main-1']);
});

test('notes of copies stay beside the backup', async () => {
  place = await makePlace('python3', FIXTURE);
  const backup = await place.db.backup('main-1');
  await place.db.note({ ...backup, copies: [{ place: 'vault', path: '/backups/x', sha256: backup.sha256 }] });
  expect((await place.db.backups())[0]?.copies).toHaveLength(1);
  await place.db.verify((await place.db.backups())[0] ?? backup);
});

test('a host without any client says what to install', async () => {
  place = await makePlace('python3', FIXTURE);
  const host: Host = {
    ...place.host,
    shell: async (text, options) =>
      text.includes('command -v python3')
        ? { code: 0, stdout: '', stderr: '', ms: 1, timedOut: false }
        : place.host.shell(text, options),
  };
  const db = await openDatabase('main', { engine: 'sqlite', path: 'app.db', on: 'app' }, host);
  await expect(db.inspect(await db.live())).rejects.toMatchObject({
    message: expect.stringContaining('looked for python3'),
    hint: expect.stringContaining('apt-get install python3'),
  });
});
