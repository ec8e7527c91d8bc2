import type { NewEvent } from '@release-runbook/record/events';
import type { Recorder } from '@release-runbook/record/recorder';
import { RunbookError } from '@release-runbook/units/error';
import type { StepContext } from '../context.ts';
import {
  type Changed,
  type Code,
  codeInWords,
  type Fingerprint,
  fingerprintsOf,
  inWords,
  listed,
  listsFolder,
  type Measured,
  measurePlaces,
} from '../fingerprint/measure.ts';
import { type Place, placesOf } from '../fingerprint/places.ts';

/** What was found of one place. */
interface Finding {
  readonly place: string;
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  readonly text: string;
  /** The command that shows more. */
  readonly look?: string;
}

export interface CodeVerification {
  readonly problems: readonly string[];
  readonly texts: readonly string[];
  /** Commands that show what differs. */
  readonly look: readonly string[];
  /** What differs and a person has accepted. */
  readonly accepted: readonly string[];
}

/**
 * Code and configuration are what they were before the release. What serves must be equal. An idle slot must be equal as well,
 * since going back over a further release serves from it; or equal to the slot that serves, which is what its undo puts
 * there when nothing else is known. An empty one promised nothing. Only places of items that were begun are looked at.
 */
export async function verifyCode(
  ctx: StepContext,
  recorder: Recorder,
  options: { readonly acceptCode?: boolean | undefined },
): Promise<CodeVerification> {
  const state = recorder.state();
  const { opened, items } = state;
  const nothing = { problems: [], texts: [], look: [], accepted: [] };
  const begun = new Set(items.map(({ item }) => item));
  const places = (await placesOf(ctx, opened.tracks)).filter((place) => isTouched(place, begun, ctx));
  if (opened.previous === null || places.length === 0) return nothing;
  const before = fingerprintsOf(state) ?? [];
  const found = await compare(ctx, recorder.release, places, begun, before);
  const accepted = options.acceptCode === true;
  await recorder.write(
    ...found.map(
      (one): NewEvent => ({
        event: 'judged',
        step: 'rollback',
        item: `as-before:code:${one.place}`,
        verdict: one.verdict,
        text: one.verdict === 'fail' && accepted ? `${one.text}; a person accepts that` : one.text,
      }),
    ),
  );
  const failed = found.filter(({ verdict }) => verdict === 'fail');
  return {
    problems: accepted ? [] : failed.map(({ text }) => text),
    texts: found.filter(({ verdict }) => verdict !== 'fail').map(({ text }) => text),
    look: [...new Set(failed.flatMap(({ look }) => (look === undefined ? [] : [look])))],
    accepted: accepted ? failed.map(({ text }) => text) : [],
  };
}

/** Was anything begun that writes here, or beside what serves here? Configuration of a host: anything at all. */
function isTouched(place: Place, begun: ReadonlySet<string>, { runbook }: StepContext): boolean {
  if (place.items.some((item) => begun.has(item))) return true;
  if (place.items.length > 0) return false;
  return runbook.deploy.some((item) =>
    begun.has('restart' in item ? `restart:${item.restart}` : `deploy:${item.name}`),
  );
}

async function compare(
  ctx: StepContext,
  release: string,
  places: readonly Place[],
  begun: ReadonlySet<string>,
  before: readonly Fingerprint[],
): Promise<readonly Finding[]> {
  const known = ({ id, host, directory }: Place) =>
    before.find((one) => one.id === id && one.host === host && one.directory === directory);
  let now: readonly Measured[];
  try {
    now = await measurePlaces(ctx, release, places, 'after');
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return places.map(({ name }) => ({ place: name, verdict: 'fail', text: `${name}: ${error.message}` }));
  }
  const findings = await Promise.all(
    places.map(async (place): Promise<readonly Finding[]> => {
      const was = known(place);
      const is = now.find(({ id }) => id === place.id) as Measured;
      const one = (verdict: Finding['verdict'], text: string): Finding => ({ place: place.name, verdict, text });
      if (was === undefined)
        return [one('inconclusive', `${place.name} is not compared: it was not measured before the release`)];
      const stable = now.find(({ host, directory }) => host === place.host && directory === place.stable);
      if (place.stable !== undefined && isEmpty(was.code)) return [one('pass', `${place.name} held nothing before`)];
      const lists = await listsFolder(ctx, place.host, release);
      const never = pointOfNoReturn(ctx, place, begun);
      const differ = [...codeDiffers(was, is, stable, lists), ...configurationDiffers(was, is, stable, lists)].map(
        (finding): Finding => ({
          ...finding,
          place: place.name,
          ...(never === undefined
            ? { text: `${place.name}: ${finding.text}` }
            : { verdict: 'inconclusive', text: `${place.name}: ${finding.text}, and cannot be undone: ${never}` }),
        }),
      );
      return differ.length > 0 ? differ : [one('pass', `${place.name} is as before: ${inWords(is)}`)];
    }),
  );
  return findings.flat();
}

const isEmpty = (code: Code | null): boolean => code?.kind === 'absent' || (code?.kind === 'files' && code.files === 0);

type Difference = Omit<Finding, 'place'>;

function codeDiffers(
  was: Fingerprint,
  is: Measured,
  stable: Measured | undefined,
  lists: string,
): readonly Difference[] {
  const [before, now] = [was.code, is.code];
  if (before === null || now === null || same(before, now) || onlyMoved(before, is)) return [];
  if (stable?.code !== undefined && stable.code !== null && same(stable.code, now)) return [];
  if (before.kind === 'unbounded')
    return [{ verdict: 'inconclusive', text: `its code is not compared: ${codeInWords(before)}` }];
  const on = `on ${is.host}: `;
  if (before.kind === 'git' && now.kind === 'git' && before.commit !== now.commit)
    return [
      {
        verdict: 'fail',
        text: `the code is not as before: commit ${now.commit.slice(0, 12)}, was ${before.commit.slice(0, 12)}`,
        look: `${on}git -C ${is.directory} diff --stat ${before.commit.slice(0, 12)}`,
      },
    ];
  if (before.kind !== now.kind)
    return [
      {
        verdict: 'fail',
        text: `the code is not as before: ${codeInWords(now)}, was ${codeInWords(before)}`,
        look: `${on}ls -la ${is.directory}`,
      },
    ];
  return [
    {
      verdict: 'fail',
      text: `the code is not as before: ${namesOf(is.changed.code)}`,
      look:
        now.kind === 'git'
          ? `${on}git -C ${is.directory} status --short`
          : `${on}diff ${lists}/before/${is.id}.code ${lists}/after/${is.id}.code`,
    },
  ];
}

/** What differs is only what changes by itself. */
function onlyMoved(before: Code, { code, changed }: Measured): boolean {
  return code !== null && code.kind === before.kind && commitOf(code) === commitOf(before) && changed.code?.count === 0;
}

const commitOf = (code: Code): string => (code.kind === 'git' ? code.commit : '');

function same(a: Code, b: Code): boolean {
  if (a.kind === 'absent' || b.kind === 'absent') return a.kind === b.kind;
  if (a.kind === 'unbounded' || b.kind === 'unbounded') return false;
  return a.kind === b.kind && a.hash === b.hash && commitOf(a) === commitOf(b);
}

function configurationDiffers(
  was: Fingerprint,
  is: Measured,
  stable: Measured | undefined,
  lists: string,
): readonly Difference[] {
  const [before, now] = [was.configuration, is.configuration];
  if (before.hash === null || now.hash === null)
    return [
      {
        verdict: 'inconclusive',
        text: 'its configuration is not compared: what was kept for that on its host is gone',
      },
    ];
  if (before.hash === now.hash || stable?.configuration.hash === now.hash) return [];
  return [
    {
      verdict: 'fail',
      text: `the configuration is not as before: ${namesOf(is.changed.configuration)}`,
      look: `on ${is.host}: diff ${lists}/before/${is.id}.configuration ${lists}/after/${is.id}.configuration`,
    },
  ];
}

function namesOf(changed: Changed | undefined): string {
  if (changed === undefined) return 'which files differ is not known, since the list of before is gone';
  return `${listed(changed)} ${changed.count === 1 ? 'differs' : 'differ'}`;
}

/** Why an item that has written here can never be undone. */
function pointOfNoReturn({ runbook }: StepContext, place: Place, begun: ReadonlySet<string>): string | undefined {
  for (const item of runbook.deploy) {
    if (!('run' in item)) continue;
    const name = `deploy:${item.name}`;
    if (!begun.has(name) || !place.items.includes(name)) continue;
    if (typeof item.undo === 'object' && !Array.isArray(item.undo) && 'none' in item.undo) return item.undo.none;
  }
  return undefined;
}
