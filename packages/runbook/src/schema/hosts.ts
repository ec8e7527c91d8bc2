import * as z from 'zod/mini';
import { about, expects, maybe, name, pathBelow, port, secret, text, variables } from './common.ts';

const shared = {
  directory: maybe(
    'Where scripts start: absolute, or relative to the login directory (ssh) or the working directory (local).',
    text,
  ),
  path: maybe('Put before PATH: a non-login ssh finds neither pm2 nor a virtual environment.', z.array(text)),
  env: maybe('Variables that every script and program on this host gets. Secrets are named, not written.', variables),
  fingerprint: maybe(
    "Files and folders of the host's directory that count as code when a rollback is proven, where items of deploy work in it. Default: git's view of a work tree, else all but what runs change.",
    z.array(pathBelow),
  ),
};

export const local = z.strictObject({
  local: about('The machine that the step itself runs on.', z.literal(true)),
  ...shared,
});

export const ssh = z.strictObject({
  ssh: about(
    'user@host, or a name of your ssh configuration.',
    expects(
      'user@host, or a name of your ssh configuration',
      z.string().check(z.regex(/^[^\s@-][^\s@]*(@[^\s@-][^\s@]*)?$/)),
    ),
  ),
  port: maybe('Port of sshd. Default: what your ssh configuration says, else 22.', port),
  key: maybe(
    "The private key's text, from the environment ($NAME). Without it: the agent and the files that ssh itself finds.",
    secret,
  ),
  'known-hosts': maybe(
    'Lines of known_hosts, from the environment ($NAME). Without it: the known_hosts files that ssh itself finds.',
    secret,
  ),
  config: maybe('An ssh configuration file of your own (jump hosts, for example).', text),
  ...shared,
});

export const host = z.union([local, ssh]);
export const hosts = z.record(name, host);
export type HostSpec = z.infer<typeof host>;
export type SshSpec = z.infer<typeof ssh>;
