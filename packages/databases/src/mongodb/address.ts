import type { MongodbSpec } from '@release-runbook/runbook/schema/databases';
import { RunbookError } from '@release-runbook/units/error';
import { livePlace, schemeOf } from '../server/address.ts';
import type { Place, Server } from '../server/engine.ts';

/** Parameters that lead away from the one server that the URL names, or that this engine sets itself. */
const OWN = ['authSource', 'directConnection', 'connect', 'replicaSet', 'loadBalanced', 'readPreference', 'appName'];

/** The live place of a section. URLs of several servers are refused: a dump and a swap are of one, the primary. */
export function mongoPlace(
  name: string,
  spec: MongodbSpec,
  env: Readonly<Record<string, string | undefined>>,
): { live: Place; scheme: string } {
  const text = spec.url.startsWith('$') ? (env[spec.url.slice(1)] ?? '') : spec.url;
  const several = /^mongodb(\+srv)?:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(text);
  if (several?.[1] !== undefined || several?.[2]?.includes(','))
    throw new RunbookError(
      `the url of database ${name} names ${several[1] === undefined ? 'several servers' : 'servers by a DNS record (mongodb+srv)'}, expected one: mongodb://user@127.0.0.1:27017/shop`,
      { hint: 'name the primary, as the host `on` reaches it, in a secret of its own' },
    );
  if (spec.socket !== undefined)
    throw new RunbookError(`database ${name}: MongoDB is reached by host and port, not by a socket`, {
      hint: 'remove `socket:`, and put host and port into the url',
    });
  const live = livePlace(name, spec, env);
  // Once the path names another database (a copy), it no longer says where the account lies.
  const parameters = new URLSearchParams(live.server.parameters ?? '');
  if (live.server.user !== '' && !parameters.has('authSource')) parameters.set('authSource', live.database);
  const search = parameters.toString();
  return {
    live: search === '' ? live : { ...live, server: { ...live.server, parameters: search } },
    scheme: schemeOf(spec, env),
  };
}

/** The parameters of a connection to this one server. */
export function connectionParameters(server: Server): URLSearchParams {
  const given = new URLSearchParams(server.parameters ?? '');
  const source = given.get('authSource');
  for (const one of OWN) given.delete(one);
  if (server.user !== '' && source !== null) given.set('authSource', source);
  given.set('directConnection', 'true');
  return given;
}

/** For the config file of mongodump and mongorestore: the URI holds the password. JSON's strings are YAML's. */
export function configFile(server: Server): string {
  const secret = server.password === undefined ? '' : `:${encodeURIComponent(server.password)}`;
  const user = server.user === '' ? '' : `${encodeURIComponent(server.user)}${secret}@`;
  const host = server.host.includes(':') ? `[${server.host}]` : server.host;
  return `uri: ${JSON.stringify(`mongodb://${user}${host}:${server.port}/?${connectionParameters(server).toString()}`)}\n`;
}
