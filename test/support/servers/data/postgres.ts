import { readFile } from 'node:fs/promises';
import type { SqlServer } from '../server.ts';
import type { Loaded } from './loaded.ts';

/**
 * Fills the database `shop` with what dumps, comparisons and restores trip over, most of it in the schema `sales`. Quick: 4 MB.
 * Rows are told for `schema.table`; those of partitions and heirs count for their own table alone.
 */
export async function loadPostgres(server: SqlServer): Promise<Loaded> {
  await server.sql(await readFile(new URL('postgres.sql', import.meta.url), 'utf8'));
  return {
    database: 'shop',
    rows: {
      'Odd Schema.odd "name" of a table': 2,
      'public.animals': 1,
      'public.audit': 3,
      'public.dogs': 1,
      'public.every_type': 3,
      'public.fleeting': 1,
      'public.log_without_key': 3,
      'public.measurements_2025': 1,
      'public.measurements_rest': 2,
      'public.nothing_in_it': 0,
      'public.tenants': 2,
      'sales.customers': 4,
      'sales.orders': 4,
    },
  };
}
