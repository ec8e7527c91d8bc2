import type { ServerSpec } from '@release-runbook/runbook/schema/databases';
import { RunbookError } from '@release-runbook/units/error';
import type { Place, Server } from './engine.ts';

/** Schemes of the URLs that applications have: drivers add their names (`postgresql+psycopg`). */
const SCHEMES = {
  mysql: { names: ['mysql', 'mariadb'], port: 3306 },
  mariadb: { names: ['mysql', 'mariadb'], port: 3306 },
  postgres: { names: ['postgres', 'postgresql'], port: 5432 },
  mongodb: { names: ['mongodb'], port: 27017 },
} as const;

/** The place that a database's section names. Secrets come from `env`; no message repeats the URL, which may hold one. */
export function livePlace(name: string, spec: ServerSpec, env: Readonly<Record<string, string | undefined>>): Place {
  const url = parse(name, spec, named(name, spec.url, env));
  const database = decodeURIComponent(url.pathname.replace(/^\//, ''));
  if (database === '' || database.includes('/'))
    throw new RunbookError(`the url of database ${name} names no database, expected one such as ${example(spec)}`);
  const password =
    spec.password !== undefined
      ? named(name, spec.password, env)
      : url.password === ''
        ? undefined
        : decodeURIComponent(url.password);
  const server: Server = {
    kind: 'live',
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? SCHEMES[spec.engine].port : Number(url.port),
    user: decodeURIComponent(url.username),
    password,
    ...(spec.socket === undefined ? {} : { socket: spec.socket }),
    ...(url.search === '' ? {} : { parameters: url.search.slice(1) }),
  };
  if (server.user === '' && spec.engine !== 'mongodb')
    throw new RunbookError(`the url of database ${name} names no user, expected one such as ${example(spec)}`);
  return { server, database };
}

function parse(name: string, spec: ServerSpec, text: string): URL {
  const match = /^([a-z][a-z0-9]*)((?:\+[a-z0-9+.-]+)?):\/\/(.*)$/is.exec(text);
  if (match === null)
    throw new RunbookError(`the url of database ${name} is no URL, expected one such as ${example(spec)}`);
  const [, scheme = '', , rest = ''] = match;
  if (!(SCHEMES[spec.engine].names as readonly string[]).includes(scheme.toLowerCase()))
    throw new RunbookError(
      `the url of database ${name} is of scheme "${scheme}", and its engine is ${spec.engine}, expected ${example(spec)}`,
    );
  try {
    // A scheme of its own kind: special ones (http) would change paths and ports.
    return new URL(`db://${rest}`);
  } catch {
    throw new RunbookError(`the url of database ${name} cannot be read, expected one such as ${example(spec)}`, {
      hint: 'characters such as @ : / ? # in a password are written as %40 %3A %2F %3F %23',
    });
  }
}

const example = (spec: ServerSpec) =>
  `${SCHEMES[spec.engine].names[0]}://user@127.0.0.1:${SCHEMES[spec.engine].port}/shop`;

function named(name: string, text: string, env: Readonly<Record<string, string | undefined>>): string {
  if (!text.startsWith('$')) return text;
  const value = env[text.slice(1)];
  if (value === undefined || value === '')
    throw new RunbookError(`the secret ${text} of database ${name} is not set`, {
      hint: `set it in the step's environment: env: { ${text.slice(1)}: \${{ secrets.${text.slice(1)} }} }; in a terminal: export ${text.slice(1)}=…`,
    });
  return value;
}

/** The URL of a place, as an application has it; holds the password. `scheme` as the application's own URL has it. */
export function urlOf(scheme: string, { server, database }: Place): string {
  const secret = server.password === undefined ? '' : `:${encodeURIComponent(server.password)}`;
  const user = server.user === '' ? '' : `${encodeURIComponent(server.user)}${secret}@`;
  const host = server.host.includes(':') ? `[${server.host}]` : server.host;
  const search = server.parameters === undefined ? '' : `?${server.parameters}`;
  return `${scheme}://${user}${host}:${server.port}/${encodeURIComponent(database)}${search}`;
}

/** The scheme of the application's URL, with its driver: scripts in a rehearsal get the same. */
export function schemeOf(spec: ServerSpec, env: Readonly<Record<string, string | undefined>>): string {
  const text = spec.url.startsWith('$') ? (env[spec.url.slice(1)] ?? '') : spec.url;
  return /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1] ?? SCHEMES[spec.engine].names[0];
}

/** Variables for scripts, as the section's `env` names them. */
export function variablesOf(spec: ServerSpec, scheme: string, place: Place): Readonly<Record<string, string>> {
  const { env } = spec;
  if (env === undefined) return {};
  if (typeof env === 'string') return { [env]: urlOf(scheme, place) };
  const { server, database } = place;
  const values: Record<keyof typeof env, string> = {
    url: urlOf(scheme, place),
    host: server.host,
    port: String(server.port),
    socket: server.socket ?? '',
    user: server.user,
    password: server.password ?? '',
    database,
  };
  return Object.fromEntries(
    Object.entries(env).flatMap(([what, variable]) =>
      variable === undefined ? [] : [[variable, values[what as keyof typeof env]]],
    ),
  );
}
