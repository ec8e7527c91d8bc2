import { type Api, objectOf, statusOf } from './octokit.ts';
import { commitOfTag } from './pulls.ts';

/** Characters of a release's notes. */
export const notesLimit = 125_000;

export interface Markers {
  readonly begin: string;
  readonly end: string;
}

/** Puts a section between its markers into notes; what people wrote around it stays as it is. */
export function withSection(notes: string, markers: Markers, section: string): string {
  const block = `${markers.begin}\n${section.trim()}\n${markers.end}`;
  const begin = notes.indexOf(markers.begin);
  const end = begin < 0 ? -1 : notes.indexOf(markers.end, begin + markers.begin.length);
  if (end >= 0) return notes.slice(0, begin) + block + notes.slice(end + markers.end.length);
  // A marker whose other half somebody deleted says nothing about where our text ends: it goes, the text stays.
  const rest = notes.split(markers.begin).join('').split(markers.end).join('').trimEnd();
  return rest === '' ? block : `${rest}\n\n${block}`;
}

/** Room for a section in these notes, in characters. */
export function roomFor(notes: string, markers: Markers): number {
  return notesLimit - withSection(notes, markers, '').length;
}

export interface NotesWanted {
  readonly version: string;
  readonly markers: Markers;
  /** The section in at most so many characters. */
  readonly section: (limit: number) => string;
  /** Makes a release where there is none. */
  readonly create: boolean;
  readonly prerelease: boolean;
}

/** Brings the marked section in the release's notes up to date, from whatever job. */
export async function syncNotes(api: Api, wanted: NotesWanted): Promise<void> {
  const release = await byTag(api, wanted.version);
  if (release !== undefined) return update(api, release, wanted);
  // Making a release makes its tag: a version that was never tagged would get one.
  if (!wanted.create || (await commitOfTag(api, wanted.version)) === undefined) return;
  try {
    const { data } = await api.rest.repos.createRelease({
      ...api.repository,
      tag_name: wanted.version,
      name: wanted.version,
      body: withSection('', wanted.markers, wanted.section(roomFor('', wanted.markers))),
      prerelease: wanted.prerelease,
      make_latest: wanted.prerelease ? 'false' : 'legacy',
    });
    objectOf(data, 'id');
  } catch (error) {
    // Another job has made it meanwhile.
    if (statusOf(error) !== 422) throw error;
    const made = await byTag(api, wanted.version);
    if (made === undefined) throw error;
    await update(api, made, wanted);
  }
}

interface Release {
  readonly id: number;
  readonly body: string;
}

async function byTag(api: Api, tag: string): Promise<Release | undefined> {
  try {
    const { data } = await api.rest.repos.getReleaseByTag({ ...api.repository, tag });
    return { id: objectOf(data, 'id', 'body').id, body: data.body ?? '' };
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

async function update(api: Api, release: Release, { markers, section }: NotesWanted): Promise<void> {
  const room = roomFor(release.body, markers);
  if (room < 200) throw new Error(`the release notes are full (${release.body.length} of ${notesLimit} characters)`);
  const body = withSection(release.body, markers, section(room));
  // Title and notes stay editable on immutable releases; nothing else is sent.
  if (body !== release.body) await api.rest.repos.updateRelease({ ...api.repository, release_id: release.id, body });
}
