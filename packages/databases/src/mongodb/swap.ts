import { RunbookError } from '@release-runbook/units/error';
import type { Db } from 'mongodb';
import type { Place } from '../server/engine.ts';
import type { SchemaObject } from '../types.ts';
import type { Context } from './client.ts';
import { codeOf } from './errors.ts';
import { type Listing, list, membersOf, type Plan } from './members.ts';
import { beside, isOwn, LONGEST_NAMESPACE, MARKER, PLAN, split } from './names.ts';
import { version } from './objects.ts';

/**
 * A swap renames collection after collection, each at once: the live one gets the rescue's prefix, the copy's loses its own.
 * The plan is written first and removed last, and each rename is made only where its outcome is not there yet.
 */

const NAMESPACE_EXISTS = 48;

/** Why the collections of this database, or of the backup that is to replace it, cannot be renamed. */
export async function cannotSwap(
  context: Context,
  db: Db,
  backup: readonly SchemaObject[] = [],
): Promise<string | undefined> {
  const members = membersOf(await list(db), context.live);
  const kinds = [
    ...members.map(({ name, type }) => ({ name, type: type as string })),
    ...backup.flatMap(({ kind, name, definition }) =>
      kind === 'index'
        ? []
        : [{ name, type: kind === 'collection' && definition.includes('timeseries ') ? 'timeseries' : kind }],
    ),
  ];
  const view = kinds.find(({ type }) => type === 'view');
  if (view !== undefined) return `it has the view ${view.name}, and MongoDB renames no views`;
  const series = kinds.find(({ type }) => type === 'timeseries');
  if (series !== undefined) return `${series.name} is a time series, and MongoDB renames none`;
  const { rescue } = beside(context.live.database, 'x'.repeat(99));
  const room = LONGEST_NAMESPACE - Buffer.byteLength(`${context.live.database}.${split({ database: rescue }).prefix}`);
  const long = kinds.find(({ name }) => Buffer.byteLength(name) > room);
  if (long !== undefined) return `the name of the collection ${long.name} is too long to get a prefix`;
  const dotted = kinds.find(({ name }) => name.includes('.'));
  if (dotted !== undefined && (await version(db)).includes('FerretDB'))
    return `FerretDB renames no collection with a dot in its name (${dotted.name})`;
  return undefined;
}

/** The plan of a swap that a death has left in its middle. */
export async function unfinished(context: Context): Promise<Plan | undefined> {
  const { plan } = await context.read(context.live, 'its collections cannot be listed', list);
  return plan;
}

export async function swap(context: Context, fresh: string, rescue: string): Promise<void> {
  const { live } = context;
  const state = () => 'it may be in the middle of the swap: run the same command again, and it goes on';
  await context.change(
    live,
    'its collections cannot be renamed',
    async (db) => {
      const listing = await list(db);
      const plan = listing.plan ?? (await makePlan(context, db, listing, fresh, rescue));
      if (plan === undefined) return;
      if (plan.fresh !== split({ database: fresh }).prefix || plan.rescue !== split({ database: rescue }).prefix)
        throw new RunbookError(
          `database ${context.name} is in the middle of another swap (${plan.fresh}… becomes live, what was live becomes ${plan.rescue}…); nothing was changed`,
          { hint: 'run the restore that began it again, with its label: it goes on' },
        );
      const there = new Set((await list(db)).all.keys());
      for (const name of inOrder(plan)) await move(db, plan, there, name);
      await db.dropCollection(PLAN);
    },
    state,
  );
}

/** The marker comes last: where it is live, all else is. */
function inOrder({ live, copy }: Plan): readonly string[] {
  const names = [...new Set([...live, ...copy])].sort();
  return [...names.filter((name) => name !== MARKER), ...names.filter((name) => name === MARKER)];
}

async function makePlan(
  context: Context,
  db: Db,
  listing: Listing,
  fresh: string,
  rescue: string,
): Promise<Plan | undefined> {
  const { server } = context.live;
  const at = (database: string): Place => ({ server, database });
  const names = (place: Place) => membersOf(listing, place).map(({ name }) => name);
  const copy = names(at(fresh));
  // Nothing waits: an earlier call has swapped it.
  if (copy.length === 0) return undefined;
  if (names(at(rescue)).length > 0)
    throw new RunbookError(
      `there is a rescue ${rescue} already, of an earlier restore with this label; nothing was changed`,
      { hint: 'give this restore a label of its own, or drop the collections of that rescue' },
    );
  const plan: Plan = {
    fresh: split({ database: fresh }).prefix,
    rescue: split({ database: rescue }).prefix,
    live: names(context.live),
    copy,
  };
  await db
    .collection<Plan & { _id: string }>(PLAN)
    .insertOne({ _id: 'plan', ...plan }, { writeConcern: { w: 'majority' } });
  return plan;
}

async function move(db: Db, plan: Plan, there: Set<string>, name: string): Promise<void> {
  const rename = async (from: string, to: string) => {
    await db.renameCollection(from, to);
    there.delete(from);
    there.add(to);
  };
  if (plan.live.includes(name) && !there.has(plan.rescue + name)) {
    if (!there.has(name))
      throw new RunbookError(
        `the collection ${name} was live when the swap began, and is neither live nor in the rescue now: somebody dropped it`,
        { hint: `make an empty collection ${plan.rescue}${name}, then run this again` },
      );
    await rename(name, plan.rescue + name);
  }
  if (!plan.copy.includes(name) || !there.has(plan.fresh + name)) return;
  for (let i = 1; ; i++) {
    try {
      return await rename(plan.fresh + name, name);
    } catch (error) {
      // An application that was not stopped wrote into the gap, which makes a collection: what it wrote is kept.
      if (codeOf(error) !== NAMESPACE_EXISTS || i > 20) throw error;
      const aside = `${plan.rescue}${name}_written_in_the_swap_${i}`;
      if (!there.has(aside)) await rename(name, aside);
    }
  }
}

/** The marker and the list of migrations are the suite's own, and move with the database. */
export async function readMarker(db: Db, place: Place): Promise<string | undefined> {
  const found = membersOf(await list(db), place).find(({ name }) => name === MARKER);
  if (found === undefined) return undefined;
  const marker = await db.collection<{ _id: string; text?: string }>(found.actual).findOne({ _id: 'marker' });
  return marker?.text;
}

export async function writeMarker(db: Db, place: Place, text: string): Promise<void> {
  const { prefix } = split(place);
  await db
    .collection<{ _id: string; text: string }>(prefix + MARKER)
    .replaceOne({ _id: 'marker' }, { text }, { upsert: true, writeConcern: { w: 'majority' } });
}

/** Whether there is anything of a place's users, or a mark of the suite. */
export async function exists(db: Db, place: Place): Promise<boolean> {
  return membersOf(await list(db), place).some(({ name }) => !isOwn(name) || name === MARKER);
}
