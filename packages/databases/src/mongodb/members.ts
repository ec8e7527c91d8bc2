import type { Db, Document } from 'mongodb';
import type { Place } from '../server/engine.ts';
import { BESIDE, isOwn, PLAN, split } from './names.ts';

/** A collection or view of a place. */
export interface Member {
  /** As the database's users know it. */
  readonly name: string;
  /** Where it lies now: with a prefix in a place beside, and in the middle of a swap. */
  readonly actual: string;
  readonly type: 'collection' | 'view' | 'timeseries';
  readonly options: Document;
}

/** What a swap is to do, written before its first rename and removed after its last. Prefixes as in `split`. */
export interface Plan {
  readonly fresh: string;
  readonly rescue: string;
  /** Collections that were live when it began. */
  readonly live: readonly string[];
  /** Collections that are to be live. */
  readonly copy: readonly string[];
}

interface Listed {
  readonly name: string;
  readonly type?: string;
  readonly options?: Document;
}

export interface Listing {
  readonly all: ReadonlyMap<string, Listed>;
  readonly plan: Plan | undefined;
}

export async function list(db: Db): Promise<Listing> {
  const listed = (await db.listCollections({}, { nameOnly: false }).toArray()) as Listed[];
  const all = new Map(listed.map((one) => [one.name, one]));
  if (!all.has(PLAN)) return { all, plan: undefined };
  const plan = await db.collection<Plan & { _id: string }>(PLAN).findOne({ _id: 'plan' });
  return { all, plan: plan ?? undefined };
}

/**
 * The collections of a place. Until a swap is through, the live database is what it was before it began and the copy is
 * still the copy, wherever a death has left their collections: so a swap that is run again finds both as it left them.
 */
export function membersOf({ all, plan }: Listing, place: Place): readonly Member[] {
  const { prefix } = split(place);
  const member = (name: string, actual: string): Member[] => {
    const found = all.get(actual);
    if (found === undefined) return [];
    const type = found.type === 'view' || found.type === 'timeseries' ? found.type : 'collection';
    return [{ name, actual, type, options: found.options ?? {} }];
  };
  const either = (name: string, one: string) => member(name, all.has(one) ? one : name);
  const sorted = (members: readonly Member[]) => [...members].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (plan !== undefined) {
    if (prefix === '') return sorted(plan.live.flatMap((name) => either(name, plan.rescue + name)));
    if (prefix === plan.fresh) return sorted(plan.copy.flatMap((name) => either(name, plan.fresh + name)));
    if (prefix === plan.rescue) return [];
  }
  const names = [...all.keys()].filter((name) =>
    prefix === '' ? !name.startsWith(BESIDE) && !name.startsWith('system.') : name.startsWith(prefix),
  );
  return sorted(names.flatMap((name) => member(name.slice(prefix.length), name)));
}

export async function members(db: Db, place: Place): Promise<readonly Member[]> {
  return membersOf(await list(db), place);
}

/** What users keep there: without the suite's own. */
export async function usersMembers(db: Db, place: Place): Promise<readonly Member[]> {
  return (await members(db, place)).filter(({ name }) => !isOwn(name));
}

/** Those that hold documents. */
export const holdsDocuments = ({ type }: Member) => type !== 'view';
