import type { Context, Handler } from '../handler.ts';
import { found, invalid, limited, Refusal, text } from '../handler.ts';
import type { Release, State } from '../state.ts';
import { resolve } from './git.ts';

const contents = ['contents'] as const;
const deployments = ['deployments'] as const;
/** GitHub's limit of release notes, in characters. */
const longest = 125_000;

const releaseOf = (state: State, id: string | undefined) => found(state.releases.find((one) => one.id === Number(id)));
const published = (state: State) => state.releases.filter((one) => !one.draft);

/** Publishing makes the tag, where there is none yet, on what the release targets. */
function ensureTag({ state, seed }: Context, release: Release): void {
  if (release.draft || state.refs.has(`tags/${release.tag}`)) return;
  const target = resolve(state, release.target);
  if (!target) throw invalid('Release', 'target_commitish', 'invalid');
  seed.tag(release.tag, target.sha);
}

function frozen(state: State, release: Release): boolean {
  return state.immutableReleases && !release.draft;
}

const statusesOf = ({ state, path }: Context) => {
  const deployment = found(state.deployments.find((one) => one.id === Number(path.deployment_id)));
  return { deployment, statuses: state.deploymentStatuses.filter((one) => one.deployment === deployment.id).reverse() };
};

export const releaseHandlers: Record<string, Handler> = {
  'GET /repos/{owner}/{repo}/releases': {
    scope: contents,
    answer: ({ state, objects }) => ({ all: [...state.releases].reverse().map(objects.release) }),
  },

  'POST /repos/{owner}/{repo}/releases': {
    scope: contents,
    answer(context) {
      const { state, seed, objects, body } = context;
      const tag = text(body.tag_name);
      if (published(state).some((one) => one.tag === tag)) throw invalid('Release', 'tag_name', 'already_exists');
      const draft = body.draft === true;
      const wanted = {
        tag,
        target: text(body.target_commitish ?? state.repo.defaultBranch),
        name: text(body.name ?? tag),
        body: limited('Release', text(body.body), longest),
        draft,
        prerelease: body.prerelease === true,
        author: state.actor.login,
      };
      ensureTag(context, { ...wanted, id: 0, createdAt: '', publishedAt: null });
      return { status: 201, body: objects.release(seed.release(wanted)) };
    },
  },

  'GET /repos/{owner}/{repo}/releases/latest': {
    scope: contents,
    answer: ({ state, objects }) => ({
      status: 200,
      body: objects.release(found(published(state).findLast((one) => !one.prerelease))),
    }),
  },

  'GET /repos/{owner}/{repo}/releases/tags/{tag}': {
    scope: contents,
    answer: ({ state, objects, path }) => ({
      status: 200,
      body: objects.release(found(published(state).find((one) => one.tag === path.tag))),
    }),
  },

  'GET /repos/{owner}/{repo}/releases/{release_id}': {
    scope: contents,
    answer: ({ state, objects, path }) => ({
      status: 200,
      body: objects.release(releaseOf(state, path.release_id)),
    }),
  },

  'PATCH /repos/{owner}/{repo}/releases/{release_id}': {
    scope: contents,
    answer(context) {
      const { state, seed, objects, path, body } = context;
      const one = releaseOf(state, path.release_id);
      const tag = text(body.tag_name ?? one.tag);
      const target = text(body.target_commitish ?? one.target);
      if (frozen(state, one) && (tag !== one.tag || target !== one.target || body.draft === true)) {
        throw invalid('Release', 'tag_name', 'custom', 'tag_name cannot be changed when release is immutable');
      }
      if (state.releases.some((other) => other !== one && !other.draft && other.tag === tag)) {
        throw invalid('Release', 'tag_name', 'already_exists');
      }
      const notes = body.body === undefined ? one.body : limited('Release', text(body.body), longest);
      Object.assign(one, { tag, target, body: notes });
      if (body.name !== undefined) one.name = text(body.name);
      if (typeof body.prerelease === 'boolean') one.prerelease = body.prerelease;
      if (typeof body.draft === 'boolean') one.draft = body.draft;
      if (!one.draft) one.publishedAt ??= seed.time();
      ensureTag(context, one);
      return { status: 200, body: objects.release(one) };
    },
  },

  'GET /repos/{owner}/{repo}/releases/{release_id}/assets': {
    scope: contents,
    answer({ state, objects, path }) {
      const { id } = releaseOf(state, path.release_id);
      return { all: state.assets.filter((one) => one.release === id).map(objects.asset) };
    },
  },

  // GitHub has this one on a host of its own, which a release's upload_url names; here it is the same server.
  'POST /repos/{owner}/{repo}/releases/{release_id}/assets': {
    scope: contents,
    answer({ state, seed, objects, path, query, raw, headers }) {
      const one = releaseOf(state, path.release_id);
      const name = text(query.get('name'));
      if (frozen(state, one)) throw new Refusal(422, 'Cannot upload assets to an immutable release.');
      if (state.assets.some((other) => other.release === one.id && other.name === name)) {
        throw invalid('ReleaseAsset', 'name', 'already_exists');
      }
      const type = headers['content-type'] ?? 'application/octet-stream';
      const asset = { id: seed.nextId(), release: one.id, name, size: raw.length, type, createdAt: seed.time() };
      state.assets.push(asset);
      return { status: 201, body: objects.asset(asset) };
    },
  },

  'GET /repos/{owner}/{repo}/deployments': {
    scope: deployments,
    answer({ state, objects, query }) {
      const asked = (['sha', 'ref', 'task', 'environment'] as const).filter((key) => query.has(key));
      const all = state.deployments.filter((one) => asked.every((key) => one[key] === query.get(key)));
      return { all: all.reverse().map(objects.deployment) };
    },
  },

  'POST /repos/{owner}/{repo}/deployments': {
    scope: deployments,
    answer({ state, seed, objects, body }) {
      const ref = text(body.ref);
      const commit = resolve(state, ref);
      if (!commit) throw new Refusal(422, `No ref found for: ${ref}`);
      // Contexts that are not named must all be green; an empty list asks for none.
      const wanted = body.required_contexts as string[] | undefined;
      const checks = state.checkRuns.filter((one) => one.sha === commit.sha && (wanted?.includes(one.name) ?? true));
      if (checks.some((one) => !['success', 'neutral', 'skipped'].includes(text(one.conclusion)))) {
        throw new Refusal(409, 'Conflict: Commit status checks failed for ref.');
      }
      const environment = text(body.environment ?? 'production');
      const made = seed.deployment({
        ref,
        sha: commit.sha,
        environment,
        task: text(body.task ?? 'deploy'),
        payload: (body.payload ?? {}) as Record<string, unknown> | string,
        description: body.description ? text(body.description) : null,
        production: (body.production_environment ?? environment === 'production') === true,
        transient: body.transient_environment === true,
      });
      return { status: 201, body: objects.deployment(made) };
    },
  },

  'GET /repos/{owner}/{repo}/deployments/{deployment_id}': {
    scope: deployments,
    answer: (context) => ({ status: 200, body: context.objects.deployment(statusesOf(context).deployment) }),
  },

  'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses': {
    scope: deployments,
    answer: (context) => ({ all: statusesOf(context).statuses.map(context.objects.deploymentStatus) }),
  },

  'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses': {
    scope: deployments,
    answer(context) {
      const { state, seed, objects, body } = context;
      const { deployment } = statusesOf(context);
      const description = text(body.description);
      if (description.length > 140)
        throw invalid('DeploymentStatus', 'description', 'custom', 'description is too long');
      const made = seed.deploymentStatus({
        deployment: deployment.id,
        state: body.state as 'success',
        description,
        logUrl: text(body.log_url ?? body.target_url),
        environmentUrl: text(body.environment_url),
      });
      // A success ends the older deployments of its environment, unless they are transient or production ones.
      if (made.state === 'success' && body.auto_inactive !== false) {
        for (const older of state.deployments) {
          if (older.id >= deployment.id || older.environment !== deployment.environment) continue;
          if (older.transient || older.production) continue;
          const last = state.deploymentStatuses.findLast((one) => one.deployment === older.id);
          if (last && last.state !== 'inactive') seed.deploymentStatus({ deployment: older.id, state: 'inactive' });
        }
      }
      return { status: 201, body: objects.deploymentStatus(made) };
    },
  },
};
