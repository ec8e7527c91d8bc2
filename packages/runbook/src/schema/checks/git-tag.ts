import * as z from 'zod/mini';
import { maybe, text } from '../common.ts';
import { shared } from './shared.ts';

/** The release's tag exists, and where asked lies on a branch and is greater than the previous one. */
export const gitTag = z.strictObject({
  ...shared,
  branch: maybe('The tag must lie on this branch.', text),
  grows: maybe('The tag must be a greater version than the previous one.', z.boolean()),
});
