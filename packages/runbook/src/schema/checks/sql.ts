import * as z from 'zod/mini';
import { about, expects, maybe, name, text, threshold } from '../common.ts';
import { shared } from './shared.ts';

export const sql = z.strictObject({
  ...shared,
  database: about('A database of this runbook.', name),
  query: about('One SELECT; its first column of the first row is the value.', text),
  equals: maybe('The value expected.', expects('a text or a number', z.union([z.string(), z.number()]))),
  value: maybe('A threshold for the value.', threshold('number', '= 6')),
  time: maybe('How long the query may take.', threshold('duration', '< 50 ms')),
});
