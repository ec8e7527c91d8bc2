/** A Markdown table; the cells are Markdown that is already escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => (cell === '' ? ' ' : cell)).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** How many columns a text takes in a terminal: East Asian wide characters take two. */
export function width(text: string): number {
  let columns = 0;
  for (const character of text)
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
      character,
    )
      ? 2
      : 1;
  return columns;
}

/** Columns for a terminal, two spaces apart, the last one as it is. */
export function columns(rows: readonly (readonly string[])[], indent = '  '): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, width(cell));
    });
  return rows
    .map((row) =>
      (
        indent +
        row
          .map((cell, index) =>
            index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - width(cell)),
          )
          .join('  ')
      ).trimEnd(),
    )
    .join('\n');
}
