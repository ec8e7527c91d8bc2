/** Texts of SQL for both flavours. Identifiers come from the catalog, values are numbers or hex: nothing is escaped by guess. */

export function id(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A text as a literal that no SQL mode, no character set of the connection and no client reads in another way. */
export function literal(text: string): string {
  return text === '' ? "''" : `_utf8mb4 X'${Buffer.from(text).toString('hex')}'`;
}

/** Bytes as a literal. */
export const binary = (text: string): string => `X'${Buffer.from(text).toString('hex')}'`;

/** Tables that the suite keeps in a database. */
export const MIGRATIONS = '_release_runbook_migrations';
export const MARKER = '_release_runbook_marker';
/** Views, triggers, routines and events of a database that lies beside the live one: they are made at the swap. */
export const PROGRAMS = '_release_runbook_programs';

export const isOwn = (table: string): boolean => table.startsWith('_release_runbook_');

/**
 * Before everything that reads: the same text for the same value on every server, zero dates included, and no time limit of
 * the server's on what is known to take long.
 */
export const READING = `SET NAMES utf8mb4;
SET SESSION sql_mode='', time_zone='+00:00', net_write_timeout=86400, net_read_timeout=86400, group_concat_max_len=1048576;
/*!80000 SET SESSION max_execution_time=0, information_schema_stats_expiry=0 */;
/*M!100100 SET SESSION max_statement_time=0 */;
`;
