import * as z from 'zod/mini';
import { maybe, text } from '../common.ts';
import { shared } from './shared.ts';

/** The checks of the commit in the forge (CI) have passed. */
export const commit = z.strictObject({
  ...shared,
  checks: maybe('Names of the checks that must have passed. Default: all there are.', z.array(text)),
});
