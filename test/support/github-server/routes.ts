import type { Handler } from './handler.ts';
import { actionsHandlers, repositoryHandlers } from './handlers/actions.ts';
import { gitHandlers } from './handlers/git.ts';
import { issueHandlers } from './handlers/issues.ts';
import { releaseHandlers } from './handlers/releases.ts';

export const handlers: Record<string, Handler> = {
  ...repositoryHandlers,
  ...actionsHandlers,
  ...gitHandlers,
  ...issueHandlers,
  ...releaseHandlers,
};

export type Route = { key: string; method: string; path: Record<string, string> };

/** These may hold slashes, as in `git/ref/heads/main`; GitHub takes them plain and percent-encoded. */
const greedy = new Set(['ref', 'basehead', 'tag']);

/** @param keys operations of GitHub's description, `GET /repos/{owner}/{repo}` */
export function createRouter(keys: readonly string[]) {
  const patterns = keys.map((key) => {
    const [method = '', template = ''] = key.split(' ');
    const names: string[] = [];
    const source = template.replace(/\{(\w+)\}/g, (_, name: string) => {
      names.push(name);
      return greedy.has(name) ? '(.+)' : '([^/]+)';
    });
    // Literal words win over parameters, and long templates over short ones: releases/latest before releases/{id}.
    const weight = template.split('/').reduce((sum, part) => sum + (part.startsWith('{') ? 1 : 100), 0);
    return { key, method, names, pattern: new RegExp(`^${source}$`), weight };
  });
  patterns.sort((a, b) => b.weight - a.weight);
  return (method: string, pathname: string): Route | undefined => {
    for (const one of patterns) {
      if (one.method !== method) continue;
      const match = one.pattern.exec(pathname);
      if (!match) continue;
      const path: Record<string, string> = {};
      for (const [at, name] of one.names.entries()) path[name] = decodeURIComponent(match[at + 1] ?? '');
      return { key: one.key, method, path };
    }
    return undefined;
  };
}
