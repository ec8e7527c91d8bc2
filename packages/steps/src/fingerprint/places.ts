import { posix } from 'node:path';
import type { StepContext } from '../context.ts';
import { slotOf, type Tracks } from '../variables.ts';

/** A folder that a release writes, or that must stay as it is: what serves after a rollback. */
export interface Place {
  /** Names its lists on the host; the same each time for one runbook. */
  readonly id: string;
  readonly host: string;
  /** Absolute, on the host. */
  readonly directory: string;
  /** For people: `backend (blue)`, `host app`. */
  readonly name: string;
  /** The folder of the stable slot beside an idle one; undefined: what lies here serves. */
  readonly stable: string | undefined;
  /** Items of `deploy:` that write here. */
  readonly items: readonly string[];
  /** See MEASURE. */
  readonly how: 'all' | 'paths' | 'top' | 'named';
  /** Patterns of `find -path`, from the folder. */
  readonly skip: readonly string[];
  /** What counts as code, from the runbook's `fingerprint:`. */
  readonly paths: readonly string[];
  /** Files of configuration beside the `.env` files of the folder; absolute. */
  readonly config: readonly string[];
}

interface Draft {
  readonly host: string;
  readonly directory: string;
  names: string[];
  stable: string | undefined;
  items: string[];
  paths: string[] | undefined;
}

/**
 * The places of a release: where each item of `deploy:` works, the stable slots beside idle ones, and on each of these hosts the
 * files of configuration that the runbook knows. None without `deploy:`.
 */
export async function placesOf(ctx: StepContext, tracks: Tracks | null): Promise<readonly Place[]> {
  const drafts = await draftsOf(ctx, tracks);
  const hosts = [...new Set(drafts.map(({ host }) => host))];
  const own = await Promise.all(hosts.map((host) => configuration(ctx, host, drafts)));
  const places = await Promise.all(
    drafts.map(async (draft): Promise<Omit<Place, 'id'>> => {
      const { host, directory, names, stable, items, paths } = draft;
      return {
        host,
        directory,
        name: [...new Set(names)].join(', '),
        stable,
        items,
        how: paths === undefined ? 'all' : 'paths',
        skip: await skipsOf(ctx, draft, drafts),
        paths: [...new Set(paths)],
        config: [],
      };
    }),
  );
  return [...places, ...own.filter((place) => place !== undefined)].map((place, index) => ({
    ...place,
    id: String(index),
  }));
}

async function draftsOf(ctx: StepContext, tracks: Tracks | null): Promise<readonly Draft[]> {
  const drafts = new Map<string, Draft>();
  const add = (
    host: string,
    directory: string,
    {
      name,
      item,
      stable,
      paths,
    }: { name: string; item?: string; stable?: string; paths: readonly string[] | undefined },
  ) => {
    const key = `${host}\n${directory}`;
    const draft = drafts.get(key) ?? { host, directory, names: [], stable, items: [], paths: undefined };
    draft.names.push(name);
    // A folder that serves something serves, whatever else is idle in it.
    if (stable === undefined) draft.stable = undefined;
    if (item !== undefined) draft.items.push(item);
    if (paths !== undefined) draft.paths = [...(draft.paths ?? []), ...paths];
    drafts.set(key, draft);
  };
  for (const item of ctx.runbook.deploy) {
    const service = ctx.services['restart' in item ? item.restart : (item.service ?? '')];
    const name = 'restart' in item ? `restart:${item.restart}` : `deploy:${item.name}`;
    if (service === undefined) {
      const host = 'restart' in item ? undefined : (item.on ?? ctx.hosts.names()[0]);
      const spec = host === undefined ? undefined : ctx.runbook.hosts[host];
      // Without a folder of its own an item starts in the login's, which is no version's place.
      if (host === undefined || (spec?.directory === undefined && spec?.fingerprint === undefined)) continue;
      add(host, await ctx.hosts.get(host).directory(), { name: `host ${host}`, item: name, paths: spec.fingerprint });
      continue;
    }
    const { spec } = service;
    const folder = async (slot: string | null) =>
      posix.resolve(await service.host.directory(), service.place(slot).directory);
    const paths = spec.fingerprint;
    if (spec.slots === undefined) {
      if (spec.directory === undefined && service.host.spec.directory === undefined && paths === undefined) continue;
      add(service.host.name, await folder(null), { name: service.name, item: name, paths });
      continue;
    }
    const [stable, idle] = [slotOf(ctx, service.name, tracks, 'stable'), slotOf(ctx, service.name, tracks, 'canary')];
    const serving = await folder(stable);
    add(service.host.name, serving, { name: `${service.name} (${stable})`, paths });
    add(service.host.name, await folder(idle), {
      name: `${service.name} (${idle})`,
      item: name,
      stable: serving,
      paths,
    });
  }
  return [...drafts.values()];
}

/** The `.env` files at the top of the host's folder, and those that `env:` checks name. Undefined: none, or it is a place already. */
async function configuration(
  ctx: StepContext,
  host: string,
  drafts: readonly Draft[],
): Promise<Omit<Place, 'id'> | undefined> {
  const directory = await ctx.hosts.get(host).directory();
  // Those at the top of a place are its own.
  const isOwn = (file: string) =>
    posix.basename(file).startsWith('.env') &&
    [directory, ...drafts.filter((draft) => draft.host === host).map((draft) => draft.directory)].includes(
      posix.dirname(file),
    );
  const named = [...ctx.runbook.preflight, ...ctx.runbook.smoke]
    .flatMap((check) => ('env' in check && check.env.on === host ? [posix.resolve(directory, check.env.file)] : []))
    .filter((file) => !isOwn(file));
  const own = ctx.runbook.hosts[host]?.directory !== undefined;
  const known = drafts.some((draft) => draft.host === host && draft.directory === directory);
  if (named.length === 0 && (!own || known)) return undefined;
  return {
    host,
    directory,
    name: `host ${host}`,
    stable: undefined,
    items: [],
    how: own && !known ? 'top' : 'named',
    skip: [],
    paths: [],
    config: [...new Set(named)],
  };
}

/** What lies in a place and is none of its code: other places, databases and backups, logs, the suite's own folder. */
async function skipsOf(ctx: StepContext, place: Draft, drafts: readonly Draft[]): Promise<readonly string[]> {
  const host = ctx.hosts.get(place.host);
  const root = await host.directory();
  const patterns: string[] = [];
  const skip = (path: string, ...endings: readonly string[]) => {
    const inside = posix.relative(place.directory, posix.resolve(root, path));
    if (inside === '' || inside.startsWith('..')) return;
    for (const ending of ['', ...endings]) patterns.push(`./${inside.replaceAll(/[\\*?[]/g, '\\$&')}${ending}`);
  };
  for (const { host: name, directory } of drafts) if (name === place.host) skip(directory);
  for (const [name, service] of Object.entries(ctx.runbook.services)) {
    if (service.on !== place.host) continue;
    for (const { directory } of ctx.services[name]?.places() ?? []) {
      const folder = posix.resolve(root, directory);
      skip(folder);
      for (const log of service.log ?? []) skip(posix.resolve(folder, log), '.*', '-*');
    }
  }
  // The file, its journals, and what restores leave beside it.
  for (const database of Object.values(ctx.runbook.databases))
    if (database.on === place.host && 'path' in database) skip(database.path, '-*', '.*');
  if (ctx.runbook.backup.directory !== undefined) skip(ctx.runbook.backup.directory);
  skip(posix.dirname(posix.dirname(await host.state())));
  return [...new Set(patterns)];
}
