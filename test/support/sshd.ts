import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

export interface Sshd {
  readonly port: number;
  readonly user: string;
  readonly folder: string;
  /** The client's private key, as text and as file. */
  readonly key: string;
  readonly keyFile: string;
  readonly knownHosts: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** A real sshd of the test's own on 127.0.0.1, with its own host key, one key that may log in, and its own home folder. */
export async function startSshd(options: { home?: string } = {}): Promise<Sshd> {
  const folder = await mkdtemp(join(tmpdir(), 'sshd-'));
  await mkdir('/run/sshd', { recursive: true });
  for (const name of ['host', 'client'])
    await exec('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  const port = await freePort();
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${join(folder, 'client.pub')}`,
    'StrictModes no',
    'PasswordAuthentication no',
    'UsePAM no',
    'MaxSessions 50',
    'MaxStartups 50',
    `PidFile ${join(folder, 'pid')}`,
    'Subsystem sftp internal-sftp',
    // Not the tester's own home: what its .bashrc does would be done at each call.
    `SetEnv HOME=${options.home ?? folder}`,
  ];
  await writeFile(join(folder, 'config'), `${config.join('\n')}\n`);
  const child = spawn('/usr/sbin/sshd', ['-D', '-f', join(folder, 'config'), '-E', join(folder, 'log')], {
    stdio: 'ignore',
  });
  for (let i = 0; ; i++) {
    if (await answers(port)) break;
    if (i > 100)
      throw new Error(`sshd did not start: ${await readFile(join(folder, 'log'), 'utf8').catch(() => 'no log')}`);
    await new Promise((next) => setTimeout(next, 50));
  }
  const hostKey = (await readFile(join(folder, 'host.pub'), 'utf8')).split(' ').slice(0, 2).join(' ');
  return {
    port,
    user: userInfo().username,
    folder,
    key: await readFile(join(folder, 'client'), 'utf8'),
    keyFile: join(folder, 'client'),
    knownHosts: `[127.0.0.1]:${port} ${hostKey}\n`,
    pid: child.pid as number,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
