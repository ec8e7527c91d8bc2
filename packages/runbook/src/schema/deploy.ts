import * as z from 'zod/mini';
import { about, duration, expects, maybe, name, run, text } from './common.ts';

/** Declared points of no return: what cannot be undone, in a sentence that the plan shows. */
export const noReturn = z.strictObject({
  none: about('Why it cannot be undone: a sentence that the plan shows.', text),
});

export const runItem = z.strictObject({
  name: about('The name of this item in plan and record.', name),
  on: maybe("The host that it runs on. Default: the service's, else the only one.", name),
  service: maybe("Starts in this service's directory (with slots: the idle slot's), with its $PORT.", name),
  run: about('Text is a bash script, a list a program with arguments.', run),
  undo: about(
    'Leads back: a script or a program; or { none: "why" } for a point of no return.',
    expects('the way back: a script, a program, or { none: "why it cannot be undone" }', z.union([run, noReturn])),
  ),
  within: maybe('How long it may take before it is stopped. Default 30 min.', duration),
});

/** Start the new version: in the idle slot beside the old one, or, without slots, in its place. */
export const restartItem = z.strictObject({
  restart: about(
    'The service whose new version is started: in the idle slot beside the old one, or, without slots, in its place.',
    name,
  ),
});

export const deployItem = z.union([runItem, restartItem]);
export const deploy = z.array(deployItem);
export type RunItem = z.infer<typeof runItem>;
export type RestartItem = z.infer<typeof restartItem>;
export type DeployItem = z.infer<typeof deployItem>;
