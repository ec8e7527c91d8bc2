import type { SchemaObject } from './types.ts';

/** The differences of two lists of objects in words, for engines whose objects are small: a column, an index, a trigger. */
export function schemaDifference(before: readonly SchemaObject[], after: readonly SchemaObject[]): string[] {
  const lines: string[] = [];
  const key = (o: SchemaObject) => `${o.kind} ${o.name}`;
  const now = new Map(after.map((o) => [key(o), o]));
  const old = new Map(before.map((o) => [key(o), o]));
  for (const [name, object] of old) {
    const other = now.get(name);
    if (other === undefined) {
      // What belongs to a table that is gone needs no line of its own.
      if (!belongsToGone(object, old, now)) lines.push(`${name} is gone`);
    } else if (other.definition !== object.definition)
      lines.push(
        object.definition.length + other.definition.length <= 200
          ? `${name} was ${object.definition}, is ${other.definition}`
          : `${name}: its definition differs`,
      );
  }
  for (const [name, object] of now)
    if (!old.has(name) && !belongsToGone(object, now, old))
      lines.push(
        `${name} is new${object.definition !== '' && object.definition.length <= 120 ? ` (${object.definition})` : ''}`,
      );
  return lines;
}

/** An object of a table is named `<table>.<name>`. */
function belongsToGone(
  object: SchemaObject,
  here: ReadonlyMap<string, SchemaObject>,
  there: ReadonlyMap<string, SchemaObject>,
): boolean {
  const end = object.name.lastIndexOf('.');
  if (object.kind === 'table' || end < 0) return false;
  const table = `table ${object.name.slice(0, end)}`;
  return here.has(table) && !there.has(table);
}
