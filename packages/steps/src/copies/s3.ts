import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RunbookError } from '@release-runbook/units/error';
import { AwsClient } from 'aws4fetch';
import { hashStream } from './files.ts';
import type { CopyPlace, CopySpec } from './place.ts';

/** Parts of a large file; S3 takes at most 10,000 of at least 5 MiB, so files up to 640 GB. */
const PART = 64 * 1024 * 1024;
const TRIES = 4;

/** A folder of a bucket, addressed by path, so that stores with one host name work as well. */
export function s3Place(spec: Extract<CopySpec, { s3: string }>, secrets: Readonly<Record<string, string>>): CopyPlace {
  const client = new AwsClient({
    accessKeyId: secret(spec['access-key'], secrets),
    secretAccessKey: secret(spec['secret-key'], secrets),
    service: 's3',
    region: spec.region ?? 'us-east-1',
    retries: 0,
  });
  const [, bucket = '', folder = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(spec.s3) ?? [];
  const base = spec.endpoint?.replace(/\/$/, '') ?? `https://s3.${spec.region ?? 'us-east-1'}.amazonaws.com`;
  const url = (key: string, query = '') =>
    `${base}/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}${query}`;

  const ask = async (
    method: string,
    address: string,
    what: string,
    body?: Uint8Array<ArrayBuffer> | string,
  ): Promise<Response> => {
    const hash = createHash('sha256')
      .update(body ?? '')
      .digest('hex');
    for (let attempt = 1; ; attempt++) {
      let reason: string;
      try {
        const answer = await client.fetch(address, {
          method,
          headers: { 'x-amz-content-sha256': hash },
          ...(body === undefined ? {} : { body }),
        });
        if (answer.ok) return answer;
        const text = await answer.text();
        reason =
          `${answer.status} ${/<Code>([^<]*)/.exec(text)?.[1] ?? ''} ${/<Message>([^<]*)/.exec(text)?.[1] ?? ''}`.trim();
        if (answer.status < 500 && answer.status !== 429) throw refused(what, reason);
      } catch (error) {
        if (error instanceof RunbookError) throw error;
        reason =
          error instanceof Error ? String((error.cause as Error | undefined)?.message ?? error.message) : String(error);
      }
      if (attempt >= TRIES) throw refused(what, reason);
      await new Promise((resolve) => setTimeout(resolve, 250 * 4 ** (attempt - 1)));
    }
  };
  const refused = (what: string, reason: string) =>
    new RunbookError(`${spec.s3}: ${what} failed: ${reason}; the backup itself is whole where it was made`, {
      hint: `look at endpoint, region and the rights of ${spec['access-key']} (PutObject, GetObject)`,
    });

  const putParts = async (file: FileHandle, key: string, size: number, progress: (bytes: number) => void) => {
    const begun = await (await ask('POST', url(key, '?uploads'), `the upload of ${key}`)).text();
    const id = /<UploadId>([^<]+)</.exec(begun)?.[1];
    if (id === undefined) throw refused(`the upload of ${key}`, 'no upload id in the answer');
    const tags: string[] = [];
    try {
      for (let at = 0; at < size; at += PART) {
        const part = await readPart(file, at, Math.min(PART, size - at));
        const query = `?partNumber=${tags.length + 1}&uploadId=${encodeURIComponent(id)}`;
        const answer = await ask('PUT', url(key, query), `part ${tags.length + 1} of ${key}`, part);
        tags.push(answer.headers.get('etag') ?? '');
        progress(Math.min(at + PART, size));
      }
      const parts = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag}</ETag></Part>`).join('');
      await ask(
        'POST',
        url(key, `?uploadId=${encodeURIComponent(id)}`),
        `the end of the upload of ${key}`,
        `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`,
      );
    } catch (error) {
      // Parts of an upload that never ended cost money for ever.
      await ask('DELETE', url(key, `?uploadId=${encodeURIComponent(id)}`), 'the clean-up').catch(() => undefined);
      throw error;
    }
  };

  return {
    name: spec.s3.replace(/\/$/, ''),
    async put(local, name, progress) {
      const key = folder === '' ? name : `${folder}/${name}`;
      const file = await open(local);
      try {
        const { size } = await file.stat();
        if (size > PART) await putParts(file, key, size, progress);
        else await ask('PUT', url(key), `the upload of ${key}`, await readPart(file, 0, size));
      } finally {
        await file.close();
      }
      const back = await ask('GET', url(key), `reading ${key} back`);
      return { path: key, ...(await hashStream(back.body as unknown as AsyncIterable<Uint8Array>)) };
    },
    async get(key, local, progress) {
      const answer = await ask('GET', url(key), `the download of ${key}`);
      let bytes = 0;
      const body = Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]);
      body.on('data', (chunk: Uint8Array) => progress((bytes += chunk.length)));
      await pipeline(body, createWriteStream(local, { mode: 0o600 }));
    },
    close: async () => {},
  };
}

async function readPart(file: FileHandle, position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const buffer = new Uint8Array(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(buffer, read, length - read, position + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return buffer.subarray(0, read);
}

function secret(name: string, secrets: Readonly<Record<string, string>>): string {
  const value = secrets[name.slice(1)];
  if (value === undefined)
    throw new RunbookError(`the secret ${name} of the copies is not set`, {
      hint: `set it in the step's environment: env: { ${name.slice(1)}: \${{ secrets.${name.slice(1)} }} }`,
    });
  return value;
}
