/** A version such as v1.2.3-rc.1; build data does not count. */
interface Version {
  readonly numbers: readonly number[];
  readonly pre: readonly string[];
}

const pattern = /^[^\d]*?(\d{1,9}(?:\.\d{1,9}){0,3})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

function parse(text: string): Version | undefined {
  const found = pattern.exec(text);
  if (found === null) return undefined;
  return { numbers: (found[1] ?? '').split('.').map(Number), pre: found[2] === undefined ? [] : found[2].split('.') };
}

/**
 * Compares as semver 2.0.0 (section 11) does, with a prefix such as "v" and one to four numbers allowed.
 * @returns below 0 when `a` is older; undefined when one of them is no version
 */
export function compareVersions(a: string, b: string): number | undefined {
  const [left, right] = [parse(a), parse(b)];
  if (left === undefined || right === undefined) return undefined;
  for (let index = 0; index < 4; index++) {
    const difference = (left.numbers[index] ?? 0) - (right.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left.pre.length === 0 || right.pre.length === 0) return right.pre.length - left.pre.length;
  for (let index = 0; index < Math.max(left.pre.length, right.pre.length); index++) {
    const difference = comparePart(left.pre[index], right.pre[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function comparePart(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  const [left, right] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (left && right) return Number(a) - Number(b);
  if (left !== right) return left ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}
