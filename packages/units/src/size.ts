import { readQuantity, rounded, shortest, unexpected, unitOf } from './quantity.ts';

/** The units of sizes, in bytes: kB to PB count in thousands, KiB to PiB in 1024s. */
export const sizeUnits: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  PB: 1e15,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  PiB: 2 ** 50,
};

/** Other ways to write them, and what to write instead. */
export const sizeWords: Readonly<Record<string, string>> = {
  k: 'KiB',
  m: 'MiB',
  g: 'GiB',
  t: 'TiB',
  b: 'B',
  byte: 'B',
  bytes: 'B',
};

const expected = 'a size such as "512 MB" or "2 GiB"';

/**
 * Reads "512 MB", "2 GB" (decimal), "2 GiB" (binary). "0" needs no unit.
 * @returns whole bytes
 * @throws UnitError
 */
export function parseSize(text: string): number {
  return readSize(text, 0);
}

/** As parseSize, for the part of `text` from `from` to its end. */
export function readSize(text: string, from: number): number {
  const quantity = readQuantity(text, from, expected);
  const tail = text.slice(quantity.end);
  if (tail !== '')
    throw unexpected(expected, `${JSON.stringify(tail.slice(0, 20))} behind it`, { offset: quantity.end });
  if (quantity.unit === '' && quantity.value === 0) return 0;
  const bytes = Math.round(quantity.value * unitOf(quantity, sizeUnits, sizeWords, expected));
  if (!Number.isSafeInteger(bytes)) throw unexpected(expected, 'one too large to count', { offset: quantity.at });
  return bytes;
}

const scale = ['PB', 'TB', 'GB', 'MB', 'kB'] as const;
const exactScale = [...scale, 'PiB', 'TiB', 'GiB', 'MiB', 'KiB', 'B'];

/** A measured size for people, rounded, in decimal units: "2.1 GB", "812 B". */
export function formatSize(bytes: number): string {
  if (bytes < 0) return `-${formatSize(-bytes)}`;
  for (const unit of scale) {
    const value = bytes / (sizeUnits[unit] ?? 1);
    // 999.96 kB would be rounded to "1000 kB".
    if (value >= 0.99995) return `${rounded(Math.max(value, 1), value < 100 ? 1 : 0)} ${unit}`;
  }
  return `${rounded(bytes, 0)} B`;
}

/** A size that was written, printed so that parseSize reads back exactly the same. */
export function printSize(bytes: number): string {
  const found = shortest(bytes, sizeUnits, exactScale, Math.round);
  return found === undefined ? formatSize(bytes) : `${found.digits} ${found.unit}`;
}
