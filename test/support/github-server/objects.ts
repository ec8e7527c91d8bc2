import { actionsObjects } from './objects/actions.ts';
import { issueObjects } from './objects/issues.ts';
import { releaseObjects } from './objects/releases.ts';
import { repositoryObjects } from './objects/repository.ts';
import type { State } from './state.ts';

/** GitHub's own objects out of the state's small records: everything their schemas require, little more. */
export type Objects = ReturnType<typeof createObjects>;

/** @param url where the server listens, without a slash at the end */
export function createObjects(state: State, url: string) {
  const repository = repositoryObjects(state, url);
  return {
    ...repository,
    ...issueObjects(state, repository),
    ...releaseObjects(state, repository),
    ...actionsObjects(state, repository),
  };
}
