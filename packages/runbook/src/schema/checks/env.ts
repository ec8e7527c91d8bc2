import * as z from 'zod/mini';
import { about, maybe, name, text, threshold, variableName } from '../common.ts';
import { shared } from './shared.ts';

export const envRule = z.strictObject({
  'min-length': maybe('How many characters at least.', z.int().check(z.minimum(1))),
  strong: maybe('Not a dictionary word, not one character repeated, enough different characters.', z.boolean()),
  equals: maybe('The only value allowed.', z.string()),
  not: maybe('A value that is not allowed.', z.string()),
  at: maybe('The value as a number.', threshold('number', '>= 10')),
});

export const env = z.strictObject({
  ...shared,
  on: about('The host.', name),
  file: about("The file of NAME=value lines; relative to the host's directory.", text),
  require: about('The variables that must be set, each with what is expected of it.', z.record(variableName, envRule)),
});
