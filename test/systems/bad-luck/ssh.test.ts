import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Sshd } from '../../support/sshd.ts';
import { descendants, expectTold, LIVE, migration, processesOf, type Unlucky, unlucky, whenLogged } from './support.ts';

let it: Unlucky;
let sshd: Sshd;
let listener: number;
let own: ChildProcess | undefined;

beforeAll(async () => {
  it = await unlucky({ host: 'ssh', runbook: { 'migrate.main.run': migration('sleep 120 & sleep 121') } });
  sshd = it.world.sshd as Sshd;
  listener = sshd.pid;
});
afterAll(async () => {
  await it.close();
  own?.kill('SIGKILL');
});

/** The listener and every session, at once, as when a machine loses its network. */
function killSshd(): void {
  const sessions = descendants(listener).filter(({ name }) => name.startsWith('sshd'));
  for (const pid of [listener, ...sessions.map((session) => session.pid)]) process.kill(pid, 'SIGKILL');
}

async function restartSshd(): Promise<void> {
  own = spawn('/usr/sbin/sshd', ['-D', '-f', join(sshd.folder, 'config'), '-E', join(sshd.folder, 'log')], {
    stdio: 'ignore',
  });
  listener = own.pid as number;
  await sleep(500);
}

describe('a host by ssh', () => {
  test('has another key than the one that is known', async () => {
    const other = 'AAAAC3NzaC1lZDI1NTE5AAAAIKd5Yl6Vhbr2Jzyg1b1NQ2yC0vSnW0Q6mAm7cXyQyKq1';
    const knownHosts = `[127.0.0.1]:${sshd.port} ssh-ed25519 ${other}\n`;
    const { step, result } = await it.world.release('v2.0.0', {
      env: { ...it.world.secrets, KNOWN_HOSTS: knownHosts },
    });
    expect(step).toBe('preflight');
    expectTold(result, {
      decision: 'refuse',
      reason: 'unreachable',
      text: /host app \(.*\) cannot be reached: Host key verification failed.*; nothing was started there/,
      next: /ssh-keyscan/,
    });
    await it.stillServes();
  });

  test('answers no more: the wait has an end', async () => {
    process.kill(listener, 'SIGSTOP');
    const began = performance.now();
    const { step, result } = await it.world.release('v2.0.0');
    const took = performance.now() - began;
    process.kill(listener, 'SIGCONT');
    expect(step).toBe('preflight');
    expectTold(result, {
      decision: 'refuse',
      reason: 'unreachable',
      text: /cannot be reached: .*; nothing was started there/,
      next: /ssh -o BatchMode=yes/,
    });
    expect(took).toBeLessThan(20_000);
    await it.stillServes();
  });

  test('loses its connections in the middle of the migration, which is stopped there with all it started', async () => {
    const began = performance.now();
    const { step, result } = await it.world.release('v2.0.0', {
      platform: whenLogged(LIVE, () => setTimeout(killSshd, 1500)),
    });
    expect(step).toBe('migrate');
    expectTold(result, {
      decision: 'roll-back',
      reason: 'step-failed',
      text: /the connection to host app .* broke while migrate:main ran there; with the connection gone, it is stopped there/,
      next: /changed so far: migrate:main.*; go back with: runbook rollback --release /,
    });
    expect(performance.now() - began).toBeLessThan(60_000);
    await it.stillServes();

    // As long as the host is away, nothing is undone, and it is said.
    const away = await it.world.rollback();
    expectTold(away.result, {
      decision: 'refuse',
      reason: 'unreachable',
      text: /cannot be reached: .*Connection refused.*; nothing was started there/,
      next: /ssh -o BatchMode=yes/,
    });
    for (let i = 0; i < 120 && (await processesOf(it.world)).length > 1; i++) await sleep(100);
    expect(await processesOf(it.world)).toEqual([expect.stringContaining('app.py')]);

    await restartSshd();
    const back = await it.world.rollback();
    expect(back.result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
    await it.stillServes();
    await it.nothingLeft();
  });

  test('is down', async () => {
    killSshd();
    const { step, result } = await it.world.release('v2.0.0');
    expect(step).toBe('preflight');
    expectTold(result, {
      decision: 'refuse',
      reason: 'unreachable',
      text: /host app .* cannot be reached: .*Connection refused.*; nothing was started there/,
      next: /ssh -o BatchMode=yes/,
    });
    await it.stillServes();
    await restartSshd();
    await it.nothingLeft();
  });
});
