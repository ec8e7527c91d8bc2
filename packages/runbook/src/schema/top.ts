import * as z from 'zod/mini';
import { about, expects, maybe, name, text } from './common.ts';

/** The sections that are one line or two. */
export const version = expects('v1', z.literal('v1'));
export const system = name;
export const locale = z.enum(['en', 'zh-CN']);
export const source = z.union([
  z.strictObject({
    git: about(
      "A tag of the checkout's git.",
      z.strictObject({ directory: maybe('The checkout. Default: here.', text) }),
    ),
  }),
  z.strictObject({ directory: about('A folder; $VERSION in it is replaced.', text) }),
]);
export const stopWrites = z.array(name);
export const previous = expects('a version as text, such as "v1.0.0"', z.string().check(z.regex(/^[^\s-][^\s]*$/)));
export const onCall = text;
export const record = z.strictObject({ on: about('The host that keeps the record.', name) });
export type SourceSpec = z.infer<typeof source>;
