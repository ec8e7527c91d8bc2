import { notAsBefore, recordOf } from './as-before.ts';
import { type Fault, makeWorld, type Ran, type Traced, type Variant, type World } from './world.ts';

/** A fault, and in which process of a variant it falls. */
export interface Point extends Fault {
  readonly variant: Variant;
  /** `rollback`: the release came through, and the process that brings it back by hand is killed. */
  readonly phase: 'release' | 'rollback';
  /** False: announcements travel with their jobs, as in production. */
  readonly split: boolean;
}

export interface Outcome {
  readonly point: Point;
  /** Empty: the system is as before. */
  readonly problems: readonly string[];
  readonly ms: number;
}

export interface Reference {
  readonly variant: Variant;
  readonly release: readonly Traced[];
  /** Of the rollback by hand; empty where the release itself came back or was refused. */
  readonly rollback: readonly Traced[];
}

/** The record of a release without faults (and of its rollback by hand, where it came through), event by event. */
export async function reference(variant: Variant): Promise<Reference> {
  const world = await makeWorld(variant);
  try {
    const release = await world.run('release');
    if (release.told === undefined) throw new Error(`the release without faults did not end: ${describe(release)}`);
    const through =
      release.told.results.at(-1)?.decision === 'proceed' && release.told.results.at(-1)?.step === 'canary';
    if (through !== ['v2.0.0', 'v2.0.0-slow'].includes(variant.version))
      throw new Error(`the release without faults: ${describe(release)}`);
    const end = through
      ? 'serving canary #1'
      : variant.version.endsWith('-refused')
        ? 'closed migrate #1'
        : 'rolled-back rollback #1';
    if (!release.told.trace.some(({ key }) => key === end))
      throw new Error(`the release without faults has no ${end}: ${describe(release)}`);
    const backs = through ? await bringBack(world) : [];
    const problems = [...backs.flatMap(wrong), ...(await notAsBefore(world))];
    if (problems.length > 0)
      throw new Error(`without faults: ${problems.join('; ')}\n${[release, ...backs].map(describe).join('\n')}`);
    return {
      variant,
      release: release.told.trace,
      rollback: backs.flatMap((one, turn) =>
        (one.told?.trace ?? []).map((event) => ({ ...event, append: event.append + 1000 * turn })),
      ),
    };
  } finally {
    await world.close();
  }
}

/** Work between two events that takes so long deserves a point in its middle, and in a full run more than one. */
const WORK_MS = 250;
const LONG_MS = 600;

/** Just before and just after every event, and in the middle of every change and of other work that takes its time. */
export function pointsOf(
  found: Reference,
  { full = process.env.FULL === '1' }: { full?: boolean } = {},
): readonly Point[] {
  return (['release', 'rollback'] as const).flatMap((phase) => {
    const trace = found[phase];
    return trace.flatMap(({ key, at, append }, index) => {
      const gap = Math.round((trace[index + 1]?.at ?? at) - at);
      const announces = /^(intends|undoing) /.test(key);
      const parts = gap > LONG_MS && full ? [0.2, 0.5, 0.8] : announces || gap > WORK_MS ? [0.5] : [];
      const at0 = { variant: found.variant, phase, key, delayMs: 0 };
      const during = parts.flatMap((part) => {
        const point = { ...at0, moment: 'during', delayMs: Math.round(gap * part) } as const;
        // As in production, too, where the change is a job on the host: only there the two calls are one.
        return HOSTED.test(key)
          ? [
              { ...point, split: true },
              { ...point, split: false },
            ]
          : [{ ...point, split: true }];
      });
      return [
        // Just before the second event of an append is just after its first.
        ...(trace[index - 1]?.append !== append ? [{ ...at0, moment: 'before', split: true } as const] : []),
        { ...at0, moment: 'after', split: true } as const,
        ...during,
      ];
    });
  });
}

const HOSTED = /^(intends \w+|undoing rollback) (migrate:|deploy:)/;

/** Without those just before an event that tells of no change: there the system is as it was just after the event before it. */
export function tellingPoints(points: readonly Point[]): readonly Point[] {
  return points.filter(
    ({ key, moment }) => moment !== 'before' || !/^(intends|undoing|measured|judged|noted) /.test(key),
  );
}

/** Each kind of event once at each moment; announcements once for each kind of item. */
export function oneOfEachKind(points: readonly Point[]): readonly Point[] {
  const seen = new Set<string>();
  return points.filter(({ key, moment, split }) => {
    const [event = '', , item = ''] = key.split(' ');
    const kind = [moment, split, event, /^(intends|undoing)$/.test(event) ? item.split(':')[0] : ''].join(' ');
    if (seen.has(kind)) return false;
    seen.add(kind);
    return true;
  });
}

export function pointName({ variant, phase, key, moment, delayMs, split }: Point): string {
  const { kind, host, traffic, version } = variant;
  return `${kind}/${host}/${traffic}/${version}: ${phase}, ${moment}${moment === 'during' ? ` (${delayMs} ms, ${split ? 'announced before' : 'announced with its start'})` : ''} "${key}"`;
}

/** Kills at the point, brings back twice, and compares. */
export async function tryPoint(point: Point): Promise<Outcome> {
  const began = performance.now();
  const world = await makeWorld(point.variant);
  const runs: Ran[] = [];
  const problems: string[] = [];
  try {
    const { key, moment, delayMs } = point;
    const fault: Fault = { key, moment, delayMs };
    if (point.phase === 'rollback') runs.push(await world.run('release'));
    const killed =
      point.phase === 'release'
        ? await world.run('release', { fault, split: point.split })
        : await killedRollback(world, fault, point.split);
    if (killed.signal !== 'SIGKILL') problems.push(`the process was not killed at the point: ${describe(killed)}`);
    const backs = await bringBack(world);
    problems.push(...backs.flatMap(wrong), ...(await notAsBefore(world)));
    if (problems.length > 0) {
      const record = await recordOf(world);
      problems.push(
        `record:\n    ${
          record?.events
            .map((event) => JSON.stringify(event).slice(0, 300))
            .filter((line) => !line.includes('"opened"'))
            .join('\n    ') ?? 'none'
        }`,
        ...backs.map((one) => describe(one)),
      );
    }
  } catch (error) {
    problems.push(`${error instanceof Error ? error.stack : String(error)}`, ...runs.map(describe));
  } finally {
    await world.close();
  }
  return { point, problems, ms: performance.now() - began };
}

/** The first call may stop at `ask`; the fault is then in whichever call writes that event. */
async function killedRollback(world: World, fault: Fault, split: boolean): Promise<Ran> {
  const first = await world.run('rollback', { fault, split, options: { to: 'v1.0.0' } });
  if (first.signal === 'SIGKILL' || first.told?.results.at(-1)?.decision !== 'hold') return first;
  return await world.run('rollback', { fault, split, options: { to: 'v1.0.0', acceptLoss: true } });
}

/** `runbook rollback --to v1.0.0`, twice; where the first asks, a person accepts. Then once more where the second was the first to get through. */
async function bringBack(world: World): Promise<readonly Ran[]> {
  const runs = [await world.run('rollback', { options: { to: 'v1.0.0' } })];
  const asked = runs[0]?.told?.results.at(-1)?.decision === 'hold';
  runs.push(await world.run('rollback', { options: { to: 'v1.0.0', acceptLoss: asked } }));
  if (asked) runs.push(await world.run('rollback', { options: { to: 'v1.0.0' } }));
  return runs;
}

function wrong(ran: Ran, index: number): readonly string[] {
  const last = ran.told?.results.at(-1);
  if (last?.decision === 'proceed') return [];
  if (last?.decision === 'hold' && last.reason === 'rows-written-since' && index === 0) return [];
  return [`rollback ${index + 1}: ${describe(ran)}`];
}

function describe({ code, signal, errors, told }: Ran): string {
  const results =
    told?.results.map(
      ({ step, decision, reason, text, next }) =>
        `${step}: ${decision} ${reason}: ${text}${next === undefined ? '' : ` (${next})`}`,
    ) ?? [];
  return [`${signal ?? `exit ${code}`}`, ...results.slice(-1), errors.trim()].filter((part) => part !== '').join('; ');
}

/** All points, a few at a time. `onEnd` is told of each. */
export async function tryAll(
  points: readonly Point[],
  workers: number,
  onEnd: (outcome: Outcome, done: number) => void = () => {},
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = [...points];
  const work = async () => {
    for (let point = waiting.shift(); point !== undefined; point = waiting.shift()) {
      const outcome = await tryPoint(point);
      outcomes.push(outcome);
      onEnd(outcome, outcomes.length);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return outcomes;
}
