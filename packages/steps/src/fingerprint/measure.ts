import { posix } from 'node:path';
import { HostError, Refusal } from '@release-runbook/hosts/error';
import type { NewEvent } from '@release-runbook/record/events';
import type { Recorder } from '@release-runbook/record/recorder';
import type { ReleaseState } from '@release-runbook/record/state';
import { counted } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';
import type { StepContext } from '../context.ts';
import { type Place, placesOf } from './places.ts';
import { MEASURE } from './remote.ts';

/** Files and bytes of one place that are read as a whole; a larger place needs `fingerprint:` to be compared. */
const MOST_FILES = 20_000;
const MOST_BYTES = 2 * 1024 ** 3;
const WITHIN_MS = 180_000;

/** What lay in a place: hashes and names, never contents. */
export interface Fingerprint {
  /** Of its place, which names its lists on the host. */
  readonly id: string;
  readonly host: string;
  readonly directory: string;
  readonly name: string;
  /** Null: only configuration counts here. */
  readonly code: Code | null;
  readonly configuration: Configuration;
}

export type Code =
  | { readonly kind: 'absent' }
  /** Too large to be read as a whole. */
  | { readonly kind: 'unbounded'; readonly files: number }
  /** `hash` over the tracked files that differ from the commit, `files` of them. */
  | { readonly kind: 'git'; readonly commit: string; readonly hash: string; readonly files: number }
  /** `hash` over paths, modes and contents. */
  | { readonly kind: 'files'; readonly hash: string; readonly files: number };

export interface Configuration {
  readonly files: readonly string[];
  /** With a key that lies on the host alone; null: the key is gone, so nothing can be compared. */
  readonly hash: string | null;
}

/** As measured again: with what differs from the first time. */
export interface Measured extends Fingerprint {
  readonly changed: Readonly<Record<'code' | 'configuration', Changed | undefined>>;
}

export interface Changed {
  readonly count: number;
  /** At most ten. */
  readonly names: readonly string[];
}

/** The folder on each host that keeps the lists of a release. */
export async function listsFolder(ctx: StepContext, host: string, release: string): Promise<string> {
  return posix.join(await ctx.hosts.get(host).state(), 'fingerprints', release);
}

/** When it is measured: before the release, before the first item of deploy, after a rollback. */
export type When = 'before' | 'steady' | 'after';

/** Measures the places, one call a host, all hosts at once; the later times are compared with the first. */
export async function measurePlaces(
  ctx: StepContext,
  release: string,
  places: readonly Place[],
  when: When,
): Promise<readonly Measured[]> {
  const hosts = [...new Set(places.map(({ host }) => host))];
  const all = await Promise.all(
    hosts.map(async (name) => {
      const here = places.filter(({ host }) => host === name);
      const host = ctx.hosts.get(name);
      const done = await host.shell(MEASURE, {
        env: {
          RR_FOLDER: await listsFolder(ctx, name, release),
          RR_NOW: when,
          RR_MOST: String(MOST_FILES),
          RR_BYTES: String(MOST_BYTES),
        },
        input: asked(here),
        timeoutMs: WITHIN_MS,
        whole: true,
      });
      if (done.code === 73)
        throw new HostError('no-space', `host ${name}: no space left for the fingerprints of code and configuration`, {
          hint: `free some space in ~/.release-runbook on ${name}`,
        });
      if (done.code !== 0)
        throw new RunbookError(
          `host ${name}: code and configuration could not be read${done.timedOut ? ' in time' : `: ${done.stderr.trim().split('\n').at(-1)}`}`,
          { hint: 'name the paths that count as code with `fingerprint:`' },
        );
      return parse(done.stdout, here);
    }),
  );
  return all.flat();
}

function asked(places: readonly Place[]): string {
  const lines = places.flatMap(({ id, directory, how, skip, paths, config }) => [
    ['place', id],
    ['in', directory],
    ['how', how],
    ...skip.map((pattern) => ['skip', pattern]),
    ...paths.map((path) => ['path', path]),
    ...config.map((file) => ['config', file]),
    ['end', ''],
  ]);
  return lines.map((line) => `${line.join('\t')}\n`).join('');
}

function parse(text: string, places: readonly Place[]): readonly Measured[] {
  const blocks = text.split(/^place\t/m).slice(1);
  return blocks.map((block) => {
    const [id = '', ...lines] = block.split('\n');
    const place = places.find((one) => one.id === id) as Place;
    const words = lines.map((line) => line.split('\t'));
    const one = (word: string) => words.find(([first]) => first === word);
    const all = (word: string, kind: string) =>
      words.filter(([first, second]) => first === word && second === kind).map((line) => line.slice(2).join('\t'));
    const [, hash, files] = one('code') ?? [];
    const commit = one('commit')?.[1];
    const unbounded = one('unbounded')?.[1];
    const code: Code | null =
      place.how === 'top' || place.how === 'named'
        ? null
        : one('absent') !== undefined
          ? { kind: 'absent' }
          : hash === undefined
            ? { kind: 'unbounded', files: Number(unbounded) }
            : commit === undefined
              ? { kind: 'files', hash, files: Number(files) }
              : { kind: 'git', commit, hash, files: Number(files) };
    const changed = (kind: 'code' | 'configuration'): Changed | undefined => {
      const [count] = all('changed', kind);
      return count === undefined ? undefined : { count: Number(count), names: all('name', kind) };
    };
    return {
      id,
      host: place.host,
      directory: place.directory,
      name: place.name,
      code,
      configuration: {
        files: words.filter(([first]) => first === 'file').map(([, name = '']) => name),
        hash: one('configuration')?.[1] ?? null,
      },
      changed: { code: changed('code'), configuration: changed('configuration') },
    };
  });
}

/**
 * Writes into the record what lay in every place before the release changed anything. Done once, by the first step; a release
 * without a version before has nothing to be compared with.
 */
export async function measureBefore(ctx: StepContext, recorder: Recorder): Promise<void> {
  const state = recorder.state();
  const begun = state.items.some(({ intends }) => intends.undo !== null);
  if (state.opened.previous === null || begun || fingerprintsOf(state) !== undefined) return;
  const places = await placesOf(ctx, state.opened.tracks);
  if (places.length === 0) return;
  await recorder.write(await noteOf(ctx, recorder.release, places));
}

async function noteOf(ctx: StepContext, release: string, places: readonly Place[]): Promise<NewEvent> {
  try {
    const before = (await measurePlaces(ctx, release, places, 'before')).map(
      ({ changed: _, ...fingerprint }): Fingerprint => fingerprint,
    );
    for (const { name, code } of before)
      if (code?.kind === 'unbounded')
        ctx.platform.annotate(
          'warning',
          `${name} holds more than is compared after a rollback (${counted(code.files, 'file')}): name the paths that count as its code with \`fingerprint:\``,
        );
    return {
      event: 'noted',
      step: 'release',
      text: `before: ${before.map((one) => `${one.name} ${inWords(one)}`).join('; ')}`,
      data: { fingerprints: before },
    };
  } catch (error) {
    // A host that is away is away for the release as well; what cannot be read is told, and told again after a rollback.
    if (!(error instanceof RunbookError) || error instanceof HostError || error instanceof Refusal) throw error;
    ctx.platform.annotate('warning', `${error.message}; after a rollback they could not be compared`);
    return { event: 'noted', step: 'release', text: error.message, data: { fingerprints: [] } };
  }
}

/**
 * Finds files that change by themselves: since the release began nothing was deployed. They are told, and left out when code is
 * compared after a rollback.
 */
export async function measureSteady(ctx: StepContext, recorder: Recorder): Promise<void> {
  const state = recorder.state();
  const before = fingerprintsOf(state);
  const deploys = state.items.some(({ intends }) => intends.step === 'deploy');
  if (before === undefined || before.length === 0 || deploys) return;
  try {
    const places = await placesOf(ctx, state.opened.tracks);
    const moving = (await measurePlaces(ctx, recorder.release, places, 'steady')).flatMap(({ name, changed }) =>
      changed.code === undefined || changed.code.count === 0 ? [] : [`${name}: ${listed(changed.code)}`],
    );
    if (moving.length === 0) return;
    const text = `files change while nothing is deployed, and are not compared after a rollback: ${moving.join('; ')}`;
    ctx.platform.annotate('warning', `${text}; \`fingerprint:\` can name the paths that count as code`);
    await recorder.write({ event: 'noted', step: 'deploy', text });
  } catch (error) {
    if (!(error instanceof RunbookError) || error instanceof HostError || error instanceof Refusal) throw error;
    ctx.platform.log(error.message);
  }
}

/** "a.py, b.py, and 3 more" */
export function listed({ count, names }: Changed): string {
  return `${names.join(', ')}${count > names.length ? `, and ${count - names.length} more` : ''}`;
}

/** What was measured before the release; undefined: nothing was. */
export function fingerprintsOf(state: ReleaseState): readonly Fingerprint[] | undefined {
  const note = state.events.find((event) => event.event === 'noted' && Array.isArray(event.data?.fingerprints));
  return note?.event === 'noted' ? (note.data?.fingerprints as readonly Fingerprint[]) : undefined;
}

/** "at commit 1a2b3c4d", "1,204 files", "nothing there"; with its files of configuration. */
export function inWords({ code, configuration }: Fingerprint): string {
  const files = configuration.files.length === 0 ? [] : [configuration.files.join(', ')];
  return [...(code === null ? [] : [codeInWords(code)]), ...files].join(' and ') || 'nothing';
}

export function codeInWords(code: Code): string {
  if (code.kind === 'absent') return 'not there';
  if (code.kind === 'unbounded') return `${counted(code.files, 'file')}, too many to compare`;
  if (code.kind === 'files') return counted(code.files, 'file');
  const changed = code.files === 0 ? '' : ` with ${counted(code.files, 'changed file')}`;
  return `commit ${code.commit.slice(0, 8)}${changed}`;
}
