/** A file's text, and where in it something stands. */
export interface Source {
  readonly file: string;
  readonly text: string;
  /** Line and column, starting at 1, of an offset in UTF-16 units. */
  position(offset: number): { readonly line: number; readonly column: number };
  /** The offset in UTF-16 units of one in bytes of UTF-8. */
  fromByte(byte: number): number;
  /** The same of one in characters. */
  fromCharacter(index: number): number;
}

/** A byte-order mark stays out of the text, since no server would take it as SQL; columns are those of the file without it. */
export function source(file: string, sql: string): Source {
  const text = sql.replace(/^\uFEFF/, '');
  const ascii = Buffer.byteLength(text) === text.length;
  const starts = lineStarts(text);
  let bytes: Uint32Array | undefined;
  return {
    file,
    text,
    position(offset) {
      const line = lastNotAbove(starts, Math.min(offset, text.length));
      return { line: line + 1, column: Math.min(offset, text.length) - (starts[line] ?? 0) + 1 };
    },
    fromByte(byte) {
      if (ascii) return byte;
      bytes ??= byteOffsets(text);
      return bytes[Math.min(byte, bytes.length - 1)] ?? 0;
    },
    fromCharacter(index) {
      if (ascii) return index;
      let offset = 0;
      for (let seen = 0; seen < index && offset < text.length; seen++)
        offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
      return offset;
    },
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** For each byte of the text in UTF-8 the offset in UTF-16 units of the character that it belongs to. */
function byteOffsets(text: string): Uint32Array {
  const offsets = new Uint32Array(Buffer.byteLength(text) + 1);
  let byte = 0;
  for (let at = 0; at < text.length; ) {
    const point = text.codePointAt(at) ?? 0;
    const length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    offsets.fill(at, byte, byte + length);
    byte += length;
    at += point > 0xffff ? 2 : 1;
  }
  offsets[byte] = text.length;
  return offsets;
}

/** Index of the last entry that is not above `value`, in an ascending list that starts at 0. */
function lastNotAbove(list: readonly number[], value: number): number {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((list[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
