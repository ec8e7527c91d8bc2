import * as z from 'zod/mini';
import { about, duration, maybe, name, pathBelow, port, program, run, text, variables } from './common.ts';

export const slot = z.strictObject({
  port: about('The port that the service listens on in this slot; it gets it as $PORT.', port),
  directory: about("Where this slot's copy of the version lies; relative to the host's directory.", text),
});

const shared = {
  on: about('The host that it runs on.', name),
  port: maybe('The port it listens on, for a service without slots; it gets it as $PORT.', port),
  directory: maybe("For a service without slots; relative to the host's directory.", text),
  slots: maybe(
    'Two places, so that two versions can run at once. Without it the service is replaced in place, and has no canary.',
    z.record(name, slot),
  ),
  health: maybe("Asked from the service's host until it answers 2xx; $PORT is the service's or the slot's port.", text),
  ready: maybe('How long a start may take until healthy. Default 60 s.', duration),
  'stop-within': maybe('How long a stop may take before the process is killed. Default 10 s.', duration),
  env: maybe('Variables that the service gets. Secrets are named, not written.', variables),
  log: maybe(
    "Log files (relative to the slot's or service's directory) that the log metric reads; pm2's own are found without it.",
    z.array(text),
  ),
  severe: maybe(
    'Lines of the log that count as severe errors: a regular expression. Default: CRITICAL|FATAL|Traceback|^ERROR.',
    text,
  ),
  fingerprint: maybe(
    "Files and folders of the service's or slot's directory that count as its code when a rollback is proven. Default: git's view of a work tree, else all but what runs change.",
    z.array(pathBelow),
  ),
  after: maybe('Services that must be up before this one is started.', z.array(name)),
};

/** A process of pm2. With slots, the process of a slot is called NAME-SLOT. */
export const pm2 = z.strictObject({
  pm2: about('Name of the process in pm2. With slots, the process of a slot is called NAME-SLOT.', name),
  start: about('The program and its arguments, run in the foreground; pm2 keeps it running.', program),
  ...shared,
});

/**
 * Without `stop`, `start` is the program itself, which the suite detaches and remembers by pid. With `stop`, both are the
 * user's own commands (`systemctl start app`), and `status` exits 0 while the service runs.
 */
export const command = z.strictObject({
  command: about(
    'The program to start (a list), or your own commands to start, stop and ask it.',
    z.union([
      z.strictObject({ start: about('The program itself, run in the foreground and detached by the suite.', program) }),
      z.strictObject({
        start: about('Starts the service and returns.', run),
        stop: about('Stops it and returns when it is gone.', run),
        status: about('Exits 0 while it runs.', run),
      }),
    ]),
  ),
  ...shared,
});

export const service = z.union([pm2, command]);
export const services = z.record(name, service);
export type ServiceSpec = z.infer<typeof service>;
export type Pm2Spec = z.infer<typeof pm2>;
export type CommandSpec = z.infer<typeof command>;
