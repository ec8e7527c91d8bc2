import * as z from 'zod/mini';
import { about, maybe, text } from '../common.ts';
import { httpRequest, places, shared } from './shared.ts';

export const journey = z.strictObject({
  ...shared,
  steps: about(
    'Requests, one after another; captured values of one serve the next.',
    z
      .array(z.strictObject({ name: maybe('The name of this step in reports.', text), ...httpRequest }))
      .check(z.minLength(1)),
  ),
  cleanup: maybe('Sent at the end whatever happened.', z.array(z.strictObject({ ...httpRequest }))),
  ...places,
});
