/** Size of a text: characters for comments and notes, bytes for summaries. */
export type Measure = (text: string) => number;

interface Place {
  /** Index in the text at which a line begins. */
  readonly at: number;
  readonly heading: boolean;
}

/**
 * Shortens Markdown to `limit`: ends before a heading, else before a line, never inside a fence or an open <details>,
 * and says so with a link to the whole.
 * @param size of a text, in the unit of `limit`; UTF-16 units by default, which are never fewer than characters
 */
export function cut(markdown: string, limit: number, more: string, size: Measure = (text) => text.length): string {
  if (size(markdown) <= limit) return markdown;
  const tail = `\n\n${more}\n`;
  const room = limit - size(tail);
  if (room <= 0) return size(more) <= limit ? more : '';
  const all = places(markdown).filter(({ at }) => at > 0);
  const fits = ({ at }: Place): boolean => size(markdown.slice(0, at).trimEnd()) <= room;
  const place =
    lastFitting(
      all.filter(({ heading }) => heading),
      fits,
    ) ?? lastFitting(all, fits);
  const kept = place === undefined ? '' : markdown.slice(0, place.at).trimEnd();
  return kept === '' ? more : `${kept}${tail}`;
}

/** The last of the places, which are in order, that fits; by halving, since each look measures the whole text before it. */
function lastFitting(places: readonly Place[], fits: (place: Place) => boolean): Place | undefined {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(places[middle] as Place)) low = middle + 1;
    else high = middle;
  }
  return places[low - 1];
}

function places(markdown: string): Place[] {
  const found: Place[] = [];
  let fenced: { mark: string; length: number } | undefined;
  let open = 0;
  let at = 0;
  for (const line of markdown.split('\n')) {
    const marks = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    const run = marks?.[1] ?? '';
    if (fenced === undefined && open === 0) found.push({ at, heading: /^#{1,6} /.test(line) });
    if (fenced !== undefined) {
      if (run[0] === fenced.mark && run.length >= fenced.length && marks?.[2]?.trim() === '') fenced = undefined;
    } else if (run !== '') {
      fenced = { mark: run[0] ?? '`', length: run.length };
    } else {
      open += (line.match(/<details\b/g)?.length ?? 0) - (line.match(/<\/details>/g)?.length ?? 0);
      if (open < 0) open = 0;
    }
    at += line.length + 1;
  }
  return found;
}
