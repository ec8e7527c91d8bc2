import { createHash } from 'node:crypto';
import type { Place } from '../server/engine.ts';

/** Collections of the suite that move with the database's own. */
export const MARKER = '_release_runbook_marker';
export const MIGRATIONS = '_release_runbook_migrations';
/** Everything that lies beside a database: copies made ready, rescues, a swap's plan. */
export const BESIDE = '_rr_';
export const PLAN = `${BESIDE}swap`;

export const isOwn = (name: string) => name.startsWith('_release_runbook_');

/**
 * MongoDB renames no database, and a collection quickly only inside its own. So what lies beside the database `shop` are
 * collections in it with a prefix, and `shop/_rr_42_rescue` names those that begin with `_rr_42_rescue_`. No database can
 * have a `/` in its name.
 */
export function split(place: Place | { readonly database: string }): {
  readonly database: string;
  readonly prefix: string;
} {
  const [database = '', beside] = place.database.split('/');
  return { database, prefix: beside === undefined ? '' : `${beside}_` };
}

const LABEL = 24;

/** A label as part of a name: short, and two labels are never one. */
export function shortLabel(label: string): string {
  const safe = label.replaceAll(/[^A-Za-z0-9-]/g, '-');
  if (safe === label && label.length <= LABEL) return label;
  return `${safe.slice(0, LABEL - 9)}-${createHash('sha256').update(label).digest('hex').slice(0, 8)}`;
}

export function beside(database: string, label: string): { readonly fresh: string; readonly rescue: string } {
  const short = `${BESIDE}${shortLabel(label)}`;
  return { fresh: `${database}/${short}_fresh`, rescue: `${database}/${short}_rescue` };
}

/** A database's name has at most 63 bytes. */
export function scratchName(database: string, label: string): string {
  const ending = `_rr_scratch_${createHash('sha256').update(label).digest('hex').slice(0, 8)}`;
  return `${Buffer.from(database)
    .subarray(0, 63 - ending.length)
    .toString('utf8')
    .replace(/\uFFFD$/, '')}${ending}`;
}

/** Namespaces have at most 255 bytes, of sharded collections 235. */
export const LONGEST_NAMESPACE = 235;
