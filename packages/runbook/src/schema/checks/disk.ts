import * as z from 'zod/mini';
import { about, maybe, name, text, threshold } from '../common.ts';
import { shared } from './shared.ts';

export const disk = z.strictObject({
  ...shared,
  on: about('The host.', name),
  path: maybe("A folder on the file system that is measured. Default: the host's directory.", text),
  free: about('The free space expected.', threshold('size', '>= 2 GB')),
});
