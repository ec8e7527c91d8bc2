import type * as z from 'zod/mini';

const top = () => import(/* webpackMode: "eager" */ './schema/top.ts');

/** The sections, each with its schema, loaded when a runbook has it. `preflight` and `smoke` are in checks.ts. */
export const sectionSchemas = {
  system: async () => (await top()).system,
  locale: async () => (await top()).locale,
  window: async () => (await import(/* webpackMode: "eager" */ './schema/common.ts')).window,
  hosts: async () => (await import(/* webpackMode: "eager" */ './schema/hosts.ts')).hosts,
  services: async () => (await import(/* webpackMode: "eager" */ './schema/services.ts')).services,
  databases: async () => (await import(/* webpackMode: "eager" */ './schema/databases.ts')).databases,
  source: async () => (await top()).source,
  backup: async () => (await import(/* webpackMode: "eager" */ './schema/backup.ts')).backup,
  migrate: async () => (await import(/* webpackMode: "eager" */ './schema/migrate.ts')).migrate,
  'stop-writes': async () => (await top()).stopWrites,
  deploy: async () => (await import(/* webpackMode: "eager" */ './schema/deploy.ts')).deploy,
  canary: async () => (await import(/* webpackMode: "eager" */ './schema/canary.ts')).canary,
  rollback: async () => (await import(/* webpackMode: "eager" */ './schema/rollback.ts')).rollback,
  previous: async () => (await top()).previous,
  'on-call': async () => (await top()).onCall,
  record: async () => (await top()).record,
} satisfies Record<string, () => Promise<z.ZodMiniType>>;

export type SchemaSection = keyof typeof sectionSchemas;
export type Sections = { [S in SchemaSection]: z.infer<Awaited<ReturnType<(typeof sectionSchemas)[S]>>> };

export const checkSections = ['preflight', 'smoke'] as const;

/** In the order in which a runbook reads best. */
export const sectionNames: readonly string[] = [
  'system',
  'locale',
  'window',
  'hosts',
  'services',
  'databases',
  'source',
  'preflight',
  'backup',
  'migrate',
  'stop-writes',
  'deploy',
  'smoke',
  'canary',
  'rollback',
  'previous',
  'on-call',
  'record',
];

/** What an environment may say of itself. */
export const environmentKeys = sectionNames.filter((name) => name !== 'system');
export const fileKeys = ['runbook', 'system', 'environments', ...environmentKeys];

/** What a later version will have, by where it stands ("*" is any key or index), so that nobody looks for a typing mistake. */
const later: readonly { at: string; what: string; words: readonly string[]; now: string }[] = [
  { at: '', what: 'the section', words: ['watch', 'notify', 'guard', 'drill', 'load', 'schedule'], now: '' },
  {
    at: 'hosts.*',
    what: 'the kind of host',
    words: ['compose', 'docker', 'kubernetes', 'k8s', 'ansible', 'winrm', 'podman'],
    now: 'local, ssh',
  },
  {
    at: 'services.*',
    what: 'the kind of service',
    words: ['systemd', 'compose', 'docker', 'kubernetes', 'supervisor', 'iis'],
    now: 'pm2, command',
  },
  {
    at: 'databases.*',
    what: 'the engine',
    words: ['redis', 'mssql', 'sqlserver', 'oracle', 'cockroachdb'],
    now: 'sqlite, mysql, mariadb, postgres, mongodb',
  },
  {
    at: 'canary.traffic',
    what: 'the router',
    words: ['nginx', 'haproxy', 'nacos', 'gateway-api', 'envoy', 'traefik', 'istio'],
    now: 'command',
  },
  {
    at: 'canary.metrics.*',
    what: 'the source',
    words: ['prometheus', 'sql', 'elasticsearch', 'influx', 'datadog', 'mann-whitney', 'sequential', 'per'],
    now: 'http, log, forge, command',
  },
  { at: 'preflight.*', what: 'the check', words: laterChecks(), now: nowChecks() },
  { at: 'smoke.*', what: 'the check', words: laterChecks(), now: nowChecks() },
  { at: 'backup.copies.*', what: 'the place', words: ['url', 'oss', 'azure', 'gcs'], now: 'on, ssh, s3, rclone' },
  { at: 'backup', what: 'the option', words: ['mask'], now: 'keep, directory, copies, encrypt, archive' },
  { at: 'source', what: 'the source', words: ['image', 'archive', 'registry'], now: 'git, directory' },
];

function laterChecks(): readonly string[] {
  return ['tls', 'headers', 'port', 'log', 'load', 'hurl', 'junit', 'k6', 'dns', 'browser'];
}
function nowChecks(): string {
  return 'http, journey, polling, disk, env, git-tag, command, sql, commit';
}

/** What to say of a word that belongs to a later version; undefined for any other word. */
export function notYet(
  path: readonly (string | number)[],
  word: string,
): { message: string; hint?: string } | undefined {
  const found = later.find(({ at, words }) => words.includes(word) && matches(at, path));
  if (found === undefined) return undefined;
  const message = `not yet supported: ${found.what} "${word}"`;
  return found.now === '' ? { message } : { message, hint: `supported now: ${found.now}` };
}

function matches(pattern: string, path: readonly (string | number)[]): boolean {
  const parts = pattern === '' ? [] : pattern.split('.');
  return parts.length === path.length && parts.every((part, index) => part === '*' || part === String(path[index]));
}
