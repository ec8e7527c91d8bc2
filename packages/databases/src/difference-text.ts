import { counted } from '@release-runbook/units/count';
/** Differences of rows in words, the same for every engine. At most this many examples a table, the losses first. */
export const EXAMPLES = 10;

export const rowsText = (count: number) => counted(count, 'row');

export interface Difference {
  readonly table: string;
  /** Null: rows are told apart only as a whole, and have no examples. */
  readonly key: readonly string[] | null;
  readonly added: number;
  readonly changed: number;
  readonly missing: number;
  /** Keys as people read them; those of changed rows by the columns that changed. */
  readonly examples: {
    readonly missing: readonly string[];
    readonly changed: readonly { readonly keys: readonly string[]; readonly columns: readonly string[] }[];
    readonly added: readonly string[];
  };
}

/** "reports: 2 rows changed (id 3, 7: title)". */
export function differenceLines({ table, key, added, changed, missing, examples }: Difference): string[] {
  const lines: string[] = [];
  let left = EXAMPLES;
  const say = (count: number, what: string, groups: readonly { keys: readonly string[]; columns: string }[]) => {
    if (count === 0) return;
    const shown: string[] = [];
    let named = 0;
    for (const { keys, columns } of groups) {
      const some = keys.slice(0, left);
      if (some.length === 0) continue;
      left -= some.length;
      named += some.length;
      shown.push(some.join(', ') + columns);
    }
    const more = count > named ? `${shown.length > 0 ? '; ' : ''}${count - named} more` : '';
    const label = key === null || shown.length === 0 ? '' : ` (${key.join(', ')} ${shown.join('; ')}${more})`;
    lines.push(`${table}: ${rowsText(count)} ${what}${label}`);
  };
  const plain = (keys: readonly string[]) => [{ keys, columns: '' }];
  say(missing, missing === 1 ? 'is missing' : 'are missing', plain(examples.missing));
  say(
    changed,
    'changed',
    examples.changed.map(({ keys, columns }) => ({ keys, columns: `: ${columns.join(', ')}` })),
  );
  say(added, added === 1 ? 'is new' : 'are new', plain(examples.added));
  return lines;
}
