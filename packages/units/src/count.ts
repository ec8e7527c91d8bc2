/** "1 row", "2 rows", "0 rows"; `many` where the plural is no plain "s". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "12 rows of orders, 1 row of users"; empty when there is none. */
export function rowsOf(rows: Readonly<Record<string, number>>): string {
  return Object.entries(rows)
    .filter(([, count]) => count > 0)
    .map(([table, count]) => `${counted(count, 'row')} of ${table}`)
    .join(', ');
}
