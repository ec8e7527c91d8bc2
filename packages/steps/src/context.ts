import { openDatabase } from '@release-runbook/databases/open';
import type { Database } from '@release-runbook/databases/types';
import { openHosts } from '@release-runbook/hosts/open';
import type { Hosts } from '@release-runbook/hosts/types';
import type { Holder } from '@release-runbook/record/events';
import { homeStore } from '@release-runbook/record/home-store';
import type { Store } from '@release-runbook/record/store';
import type { HostSpec } from '@release-runbook/runbook/schema/hosts';
import { substitute } from '@release-runbook/runbook/substitute';
import type { Runbook } from '@release-runbook/runbook/types';
import { openService } from '@release-runbook/services/open';
import type { Service } from '@release-runbook/services/types';
import { openRouter } from '@release-runbook/traffic/open';
import type { Router } from '@release-runbook/traffic/types';
import { RunbookError } from '@release-runbook/units/error';
import type { Forge, Platform } from './platform.ts';

export interface Clock {
  now(): Date;
  /** Ms since some start; never runs back, also when the machine's clock is set. For everything that waits. */
  elapsed(): number;
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What the person or the workflow that starts a step gives it. */
export interface StepInputs {
  readonly runbook: Runbook;
  /** The version to be released; a rollback finds its own. */
  readonly version: string;
  /** Who holds the environment's lock while the step runs. */
  readonly holder: Holder;
  /** The forge's run, so that a job of the same run finds the same release; null in a terminal. */
  readonly run: { readonly id: string; readonly attempt: number; readonly url?: string } | null;
  /** A release by its id, instead of the one of this run. */
  readonly release?: string;
  /** The digest of the plan that was approved. */
  readonly approved?: string;
  /** This system has never been released: there is no previous version. */
  readonly first?: boolean;
  /** The step's environment, from which secrets that the runbook names are taken. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the suite keeps its things on a host; default `~/.release-runbook`. Alone in a job: a folder of the job. */
  readonly root?: string;
  /** Result of the job that held the lock, as the workflow's `needs` tells it: it has ended. */
  readonly holderResult?: string;
  /** The runner vanishes after the job: a record on it would vanish as well. */
  readonly vanishing?: boolean;
  readonly platform: Platform;
  readonly forge?: Forge;
  readonly clock?: Clock;
  /** Replaces the store; tests put faults in front of it. */
  readonly wrapStore?: (store: Store) => Store;
}

/** Everything a step works with. Opened once, closed at the end. */
export interface StepContext extends StepInputs {
  readonly clock: Clock;
  readonly hosts: Hosts;
  readonly store: Store;
  readonly services: Readonly<Record<string, Service>>;
  readonly databases: Readonly<Record<string, Database>>;
  readonly router: Router | undefined;
  /** Values of the secrets that the runbook names, by name; empty ones left out. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly redact: (text: string) => string;
  close(): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  elapsed: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new Cancelled());
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      const stop = () => {
        clearTimeout(timer);
        reject(new Cancelled());
      };
      signal?.addEventListener('abort', stop, { once: true });
    }),
};

/** The job is being cancelled. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
  }
}

/** Names of secrets in a runbook: `$NAME`, upper case, that the environment has. */
export function secretsOf(
  runbook: Runbook,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, braced, plain] of JSON.stringify(runbook.resolved).matchAll(
    /\$(?:\{([A-Z_][A-Z0-9_]*)\}|([A-Z_][A-Z0-9_]*))/g,
  )) {
    const name = (braced ?? plain) as string;
    const value = env[name];
    if (value !== undefined && value !== '' && !OWN.has(name)) found[name] = value;
  }
  return found;
}

/** Of the secrets those that a section names: what it starts gets no other. */
function namedIn(section: unknown, secrets: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const text = JSON.stringify(section);
  return Object.fromEntries(
    Object.entries(secrets).filter(([name]) => new RegExp(`\\$(?:\\{${name}\\}|${name}(?![A-Z0-9_]))`).test(text)),
  );
}

/** Variables that the suite sets itself; one of the same name in the step's environment is no secret and is not used. */
const OWN = new Set([
  'VERSION',
  'PREVIOUS_VERSION',
  'RELEASE',
  'TRACK',
  'PORT',
  'SLOT',
  'ENVIRONMENT',
  'SYSTEM',
  'WEIGHTS',
  'HOME',
  'PATH',
  'PWD',
  'USER',
  'LANG',
]);

export async function openContext(inputs: StepInputs): Promise<StepContext> {
  const { runbook } = inputs;
  const secrets = secretsOf(runbook, inputs.env);
  const specs = Object.fromEntries(
    Object.entries(runbook.hosts).map(([name, spec]) => [name, withSecrets(spec, secrets)]),
  );
  const scope = {
    system: runbook.system,
    environment: runbook.environment,
    ...(inputs.root === undefined ? {} : { root: inputs.root }),
  };
  const hosts = await openHosts(specs, scope, inputs.env);
  const store = openStore(inputs, hosts);
  const services = await Promise.all(
    Object.entries(runbook.services).map(
      async ([name, spec]) =>
        [name, await openService(name, spec, hosts.get(spec.on), { variables: namedIn(spec, secrets) })] as const,
    ),
  );
  const databases = await Promise.all(
    Object.entries(runbook.databases).map(async ([name, spec]) => {
      const { directory } = runbook.backup;
      const options = { env: secrets, ...(directory === undefined ? {} : { directory }) };
      return [name, await openDatabase(name, spec, hosts.get(spec.on), options)] as const;
    }),
  );
  const values = hidden(Object.values(secrets));
  const redact = (text: string) => values.reduce((rest, value) => rest.replaceAll(value, '***'), text);
  return {
    ...inputs,
    clock: inputs.clock ?? systemClock,
    hosts,
    store: inputs.wrapStore?.(store) ?? store,
    services: Object.fromEntries(services),
    databases: Object.fromEntries(databases),
    router:
      runbook.canary === undefined
        ? undefined
        : openRouter(runbook.canary.traffic, hosts, namedIn(runbook.canary.traffic, secrets)),
    secrets,
    redact,
    platform: discreet(inputs.platform, redact),
    close: () => hosts.close(),
  };
}

/** The platform, with secrets taken out of every line, whoever logs it. */
function discreet(platform: Platform, redact: (text: string) => string): Platform {
  const own: Pick<Platform, 'log' | 'annotate'> = {
    log: (text) => platform.log(redact(text)),
    annotate: (kind, text, at) => platform.annotate(kind, redact(text), at),
  };
  return Object.assign(Object.create(platform) as Platform, own);
}

/** What must not be shown: secrets, and each line of those that have several; the longest first, since one may hold another. */
function hidden(secrets: readonly string[]): readonly string[] {
  const lines = secrets.flatMap((value) =>
    value.includes('\n')
      ? value
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line.length >= 8 && !line.startsWith('-----'))
      : [],
  );
  return [...new Set([...secrets.filter((value) => value.length >= 4), ...lines])].sort((a, b) => b.length - a.length);
}

function openStore(inputs: StepInputs, hosts: Hosts): Store {
  const { runbook } = inputs;
  if (runbook.home === undefined)
    throw new RunbookError('a record needs a host to lie on, and the runbook has none', {
      hint: 'add `hosts:` to the environment; the first one keeps the record',
    });
  const host = hosts.get(runbook.home);
  if (host.kind === 'local' && inputs.vanishing === true && inputs.root === undefined)
    throw new RunbookError(
      `the record would lie on host ${runbook.home}, which is this runner and vanishes after the job; nothing was started`,
      {
        hint: 'give the environment a host by `ssh:`, or run this job on a self-hosted runner',
      },
    );
  return homeStore(
    host,
    `${runbook.home}:${inputs.root ?? '~/.release-runbook'}/${runbook.system}/${runbook.environment}`,
    inputs.clock?.now,
  );
}

function withSecrets(spec: HostSpec, secrets: Readonly<Record<string, string>>): HostSpec {
  if (spec.env === undefined) return spec;
  return {
    ...spec,
    env: Object.fromEntries(Object.entries(spec.env).map(([name, value]) => [name, substitute(value, secrets).text])),
  };
}
