import * as z from 'zod/mini';
import { about, duration, maybe, name, run, text } from '../common.ts';
import { shared } from './shared.ts';

export const command = z.strictObject({
  ...shared,
  on: about('The host that it runs on.', name),
  run: about('Passes when it exits 0.', run),
  timeout: maybe('How long it may take. Default 60 s.', duration),
  contains: maybe('A text that its output must contain.', text),
});
