import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createServer, type Socket } from 'node:net';

/** An address as a host sees it. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** A way from this machine to an address as a host sees it: for drivers, which can only connect. */
export interface Forward extends Address {
  /** Why the last connection that failed did so, in ssh's words; empty: none did. */
  said(): string;
  close(): Promise<void>;
}

/** From this machine an address is what it is. */
export const direct = (to: Address): Forward => ({ ...to, said: () => '', close: async () => {} });

/**
 * Listens on 127.0.0.1 of this machine; `tunnel` starts, for each connection, a program whose standard input and output are the
 * other end. It ends with this process, and does not keep it from ending.
 */
export async function forward(tunnel: () => Promise<ChildProcessWithoutNullStreams>): Promise<Forward> {
  let said = '';
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
    tunnel().then(
      (child) => {
        let words = '';
        child.stderr.on('data', (chunk: Buffer) => {
          words = (words + chunk.toString()).slice(-1000);
        });
        child.stdin.on('error', () => socket.destroy());
        child.on('error', () => socket.destroy());
        child.on('close', (code) => {
          if (code !== 0 && words.trim() !== '') said = words.trim().split('\n').at(-1) ?? '';
          socket.destroy();
        });
        socket.on('close', () => child.kill());
        if (socket.destroyed) child.kill();
        socket.pipe(child.stdin);
        child.stdout.pipe(socket);
      },
      (error: Error) => {
        said = error.message;
        socket.destroy();
      },
    );
  });
  server.unref();
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  return {
    host: '127.0.0.1',
    port,
    said: () => said,
    async close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
