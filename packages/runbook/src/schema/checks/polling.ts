import * as z from 'zod/mini';
import { about, maybe, name, text, threshold } from '../common.ts';
import { places, shared } from './shared.ts';

/** Incremental polling: the answer when nothing changed, against the full one. */
export const polling = z.strictObject({
  ...shared,
  url: about('The request whose answer is small when nothing changed.', text),
  full: about('The request whose answer is the full one.', text),
  saves: about('How many bytes the first saves of the second.', threshold('percent', '>= 90%')),
  capture: maybe(
    'Values for both requests, taken from the JSON answer to another one.',
    z.strictObject({
      url: about('The request that is asked first.', text),
      values: about('Dotted paths into its answer, by name.', z.record(name, text)),
    }),
  ),
  ...places,
});
