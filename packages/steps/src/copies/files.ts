import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';

/** Size and SHA-256 of what a stream gives. */
export async function hashStream(
  stream: Readable | AsyncIterable<Uint8Array>,
  progress?: (bytes: number) => void,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    bytes += chunk.length;
    progress?.(bytes);
  }
  return { bytes, sha256: hash.digest('hex') };
}

export const hashFile = (path: string): Promise<{ bytes: number; sha256: string }> =>
  hashStream(createReadStream(path));
