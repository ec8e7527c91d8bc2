import type { Asset, Deployment, DeploymentStatus, Release, State } from '../state.ts';
import type { RepositoryObjects } from './repository.ts';
import { nodeId } from './repository.ts';

export function releaseObjects(state: State, { repoApi, repoWeb, user }: RepositoryObjects) {
  const asset = (one: Asset) => ({
    id: one.id,
    node_id: nodeId('ReleaseAsset', one.id),
    url: `${repoApi()}/releases/assets/${one.id}`,
    browser_download_url: `${repoWeb()}/releases/download/${one.release}/${encodeURIComponent(one.name)}`,
    name: one.name,
    label: null,
    state: 'uploaded',
    content_type: one.type,
    size: one.size,
    digest: null,
    download_count: 0,
    uploader: user(state.actor.login),
    created_at: one.createdAt,
    updated_at: one.createdAt,
  });

  const release = (one: Release) => ({
    id: one.id,
    node_id: nodeId('Release', one.id),
    url: `${repoApi()}/releases/${one.id}`,
    html_url: `${repoWeb()}/releases/tag/${encodeURIComponent(one.tag)}`,
    assets_url: `${repoApi()}/releases/${one.id}/assets`,
    upload_url: `${repoApi()}/releases/${one.id}/assets{?name,label}`,
    tarball_url: one.draft ? null : `${repoApi()}/tarball/${one.tag}`,
    zipball_url: one.draft ? null : `${repoApi()}/zipball/${one.tag}`,
    tag_name: one.tag,
    target_commitish: one.target,
    name: one.name,
    body: one.body,
    draft: one.draft,
    prerelease: one.prerelease,
    immutable: state.immutableReleases && !one.draft,
    author: user(one.author),
    created_at: one.createdAt,
    published_at: one.publishedAt,
    assets: state.assets.filter((candidate) => candidate.release === one.id).map(asset),
  });

  const deployment = (one: Deployment) => ({
    id: one.id,
    node_id: nodeId('Deployment', one.id),
    url: `${repoApi()}/deployments/${one.id}`,
    sha: one.sha,
    ref: one.ref,
    task: one.task,
    payload: one.payload,
    original_environment: one.environment,
    environment: one.environment,
    description: one.description,
    creator: user(one.creator),
    created_at: one.createdAt,
    updated_at: one.createdAt,
    statuses_url: `${repoApi()}/deployments/${one.id}/statuses`,
    repository_url: repoApi(),
    transient_environment: one.transient,
    production_environment: one.production,
  });

  const deploymentStatus = (one: DeploymentStatus) => {
    const of = state.deployments.find((candidate) => candidate.id === one.deployment);
    return {
      id: one.id,
      node_id: nodeId('DeploymentStatus', one.id),
      url: `${repoApi()}/deployments/${one.deployment}/statuses/${one.id}`,
      state: one.state,
      creator: user(one.creator),
      description: one.description,
      environment: of?.environment ?? 'production',
      target_url: one.logUrl,
      log_url: one.logUrl,
      environment_url: one.environmentUrl,
      created_at: one.createdAt,
      updated_at: one.createdAt,
      deployment_url: `${repoApi()}/deployments/${one.deployment}`,
      repository_url: repoApi(),
    };
  };

  return { asset, release, deployment, deploymentStatus };
}
