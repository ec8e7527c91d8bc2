import * as z from 'zod/mini';
import { about, duration, maybe, name, percent, run, text, threshold } from './common.ts';

/** The user's own router. Scripts get $WEIGHTS: "blue=95 green=5", in percent of the requests. */
export const commandRouter = z.strictObject({
  command: about(
    'Your own router. Its scripts get $WEIGHTS: "blue=95 green=5", in percent of the requests.',
    z.strictObject({
      on: about('The host that they run on.', name),
      set: about('Sets the weights in $WEIGHTS.', run),
      get: about('Prints the weights in force: "blue=95 green=5".', run),
      requests: maybe(
        'Prints the requests served since the router started: "blue=950 green=50"; the observed share is its growth.',
        run,
      ),
    }),
  ),
});

const rule = {
  name: about('The name of the metric in plan and record.', name),
  expect: maybe('Passes while this holds, such as "< 200 ms".', text),
  'worse-than-stable': maybe('Fails when the canary is worse than stable by so much.', threshold('percent', '> 50%')),
  every: maybe("Pause between its measurements. Default: the canary's `every`.", duration),
  failures: maybe('How many measurements may fail. Default 0.', z.int().check(z.minimum(0))),
  errors: maybe('How many measurements in a row may err. Default 4.', z.int().check(z.minimum(0))),
  'no-data': maybe('What it means when there is nothing to measure. Default hold.', z.enum(['hold', 'fail', 'pass'])),
  'min-requests': maybe('No verdict before so many requests were seen.', z.int().check(z.minimum(1))),
  'dry-run': maybe('Measured and shown; never decides.', z.boolean()),
};

const requests = z.int().check(z.minimum(1), z.maximum(1000));

export const httpMetric = z.strictObject({
  ...rule,
  http: about(
    "Requests of the suite's own to each track; $PORT is the track's.",
    z.strictObject({
      url: about("$PORT is the track's.", text),
      requests: maybe('How many requests a measurement. Default 20.', requests),
      value: maybe('What of them is measured. Default p95.', z.enum(['p50', 'p95', 'p99', 'max', 'errors'])),
      status: maybe('The status expected. Default: any 2xx.', z.int()),
      contains: maybe('A text that the answer must contain.', text),
      service: maybe('The service whose port $PORT is, where several have one.', name),
    }),
  ),
});
export const logMetric = z.strictObject({
  ...rule,
  log: about(
    "Lines an hour that match, of the track's log.",
    z.strictObject({
      pattern: maybe('A regular expression. Default: what the service calls severe.', text),
      service: maybe('Default: every slotted service.', name),
    }),
  ),
});
export const forgeMetric = z.strictObject({
  ...rule,
  forge: about(
    'Issues opened an hour with this label since the release began.',
    z.strictObject({ label: about('The label.', text) }),
  ),
});
export const commandMetric = z.strictObject({
  ...rule,
  command: about(
    'Prints a number; gets $TRACK and $PORT.',
    z.strictObject({ on: about('The host that it runs on.', name), run: about('Prints a number.', run) }),
  ),
});
export const metric = z.union([httpMetric, logMetric, forgeMetric, commandMetric]);
export type MetricSpec = z.infer<typeof metric>;

export const canary = z.strictObject({
  traffic: about('What divides the requests between the slots.', commandRouter),
  weights: about("The canary's share, step by step, up to 100%.", z.array(percent).check(z.minLength(1))),
  each: about('How long each weight is watched.', duration),
  every: maybe('Pause between measurements. Default: a tenth of `each`, at least 1 s, at most 1 min.', duration),
  metrics: maybe('What is measured at each weight.', z.array(metric)),
  'hold-for': maybe(
    'How long a gate without a verdict waits before it ends as held. Default: as long as `each`.',
    duration,
  ),
});
export type CanarySpec = z.infer<typeof canary>;
export type RouterSpec = z.infer<typeof commandRouter>;
