import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RunbookError } from '@release-runbook/units/error';
import { Decrypter, Encrypter } from 'age-encryption';

/** Encrypts a file for the recipients' public keys; `age -d` opens it as well. */
export async function encryptFile(from: string, to: string, recipients: readonly string[]): Promise<void> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch (error) {
      throw new RunbookError(`backup.encrypt.age: ${recipient} is no public key of age (${(error as Error).message})`, {
        hint: 'age-keygen prints it beside "Public key:"',
      });
    }
  }
  await through(from, to, (stream) => encrypter.encrypt(stream));
}

/** Opens a file with the private key. Throws RunbookError when it is another key's, or was damaged. */
export async function decryptFile(from: string, to: string, identity: string): Promise<void> {
  const decrypter = new Decrypter();
  for (const line of identity.split('\n')) if (line.startsWith('AGE-SECRET-KEY-')) decrypter.addIdentity(line.trim());
  try {
    await through(from, to, (stream) => decrypter.decrypt(stream));
  } catch (error) {
    throw new RunbookError(`the copy cannot be decrypted: ${(error as Error).message}`, {
      hint: 'the identity must belong to one of the recipients for which it was encrypted',
    });
  }
}

async function through(
  from: string,
  to: string,
  change: (stream: ReadableStream<Uint8Array>) => Promise<ReadableStream<Uint8Array>>,
): Promise<void> {
  const source = Readable.toWeb(createReadStream(from)) as ReadableStream<Uint8Array>;
  const changed = await change(source);
  await pipeline(
    Readable.fromWeb(changed as Parameters<typeof Readable.fromWeb>[0]),
    createWriteStream(to, { mode: 0o600 }),
  );
}
