import * as z from 'zod/mini';
import { duration, maybe, threshold } from '../common.ts';
import { httpRequest, places, shared } from './shared.ts';

export const http = z.strictObject({
  ...shared,
  ...httpRequest,
  p95: maybe('95th percentile of the response time over `requests` requests.', threshold('duration', '< 200 ms')),
  max: maybe('The longest response time of them.', threshold('duration', '< 1 s')),
  requests: maybe(
    'How many requests to measure. Default 1, with p95 20.',
    z.int().check(z.minimum(1), z.maximum(1000)),
  ),
  'retry-for': maybe('Try again until it passes, for so long. Default: no second try.', duration),
  ...places,
});
