import type * as z from 'zod/mini';

/** Kinds of checks: an entry is a map of one of these names to its options. Each schema is loaded when it is met. */
export const checkKinds = {
  http: async () => (await import(/* webpackMode: "eager" */ './checks/http.ts')).http,
  journey: async () => (await import(/* webpackMode: "eager" */ './checks/journey.ts')).journey,
  polling: async () => (await import(/* webpackMode: "eager" */ './checks/polling.ts')).polling,
  disk: async () => (await import(/* webpackMode: "eager" */ './checks/disk.ts')).disk,
  env: async () => (await import(/* webpackMode: "eager" */ './checks/env.ts')).env,
  'git-tag': async () => (await import(/* webpackMode: "eager" */ './checks/git-tag.ts')).gitTag,
  command: async () => (await import(/* webpackMode: "eager" */ './checks/command.ts')).command,
  sql: async () => (await import(/* webpackMode: "eager" */ './checks/sql.ts')).sql,
  commit: async () => (await import(/* webpackMode: "eager" */ './checks/commit.ts')).commit,
} satisfies Record<string, () => Promise<z.ZodMiniType>>;

export type CheckKind = keyof typeof checkKinds;
export type CheckSpecs = { [K in CheckKind]: z.infer<Awaited<ReturnType<(typeof checkKinds)[K]>>> };
/** One entry of `preflight:` or `smoke:`: exactly one kind. */
export type CheckSpec = { [K in CheckKind]: { [P in K]: CheckSpecs[K] } }[CheckKind];
