/** How the toy's migration is undone; `restore` has one place for its service, the others two slots and a canary. */
export type Kind = 'keep' | 'down' | 'restore';

export interface Setting {
  readonly kind: Kind;
  readonly host: Readonly<Record<string, unknown>>;
  readonly versions: string;
  /** What the suite opens the database with. */
  readonly client: 'sqlite3' | 'python3';
  readonly ports: { readonly blue: number; readonly green: number };
}

/** The toy's runbook; JSON is YAML. */
export function toyRunbook({ kind, host, versions, client, ports }: Setting): string {
  const slotted = kind !== 'restore';
  const code = (version: string) => `cp "${versions}/${version}/app.py" "${versions}/${version}/VERSION" .`;
  const get = (path: string) => `http://127.0.0.1:$PORT${path}`;
  return JSON.stringify(
    {
      runbook: 'v1',
      system: 'toy',
      environments: { test: { hosts: { app: host } } },
      previous: 'v1.0.0',
      source: { directory: `${versions}/$VERSION` },
      services: {
        backend: {
          on: 'app',
          command: { start: ['python3', 'app.py'] },
          ...(slotted
            ? {
                slots: {
                  blue: { port: ports.blue, directory: 'blue' },
                  green: { port: ports.green, directory: 'green' },
                },
              }
            : { port: ports.blue, directory: 'blue' }),
          health: get('/health'),
          ready: '20s',
        },
      },
      databases: { main: { engine: 'sqlite', path: 'database.db', on: 'app', env: 'DATABASE_PATH', client } },
      migrate: {
        main: {
          run: 'python3 migrate.py up',
          send: ['migrate.py', 'VERSION'],
          undo: { keep: 'keep', down: 'python3 migrate.py down', restore: { restore: {} } }[kind],
          expect: { notes: { rows: 'kept' } },
        },
      },
      ...(slotted ? {} : { 'stop-writes': ['backend'] }),
      deploy: [
        {
          name: 'code',
          service: 'backend',
          run: `${code('$VERSION')}\nsleep 0.2`,
          undo: `${code('$PREVIOUS_VERSION')}\nsleep 0.2`,
        },
        { restart: 'backend' },
      ],
      smoke: [{ http: { name: 'notes', url: get('/notes'), status: 200, body: { count: '> 0' } } }],
      ...(slotted
        ? {
            canary: {
              traffic: {
                command: {
                  on: 'app',
                  set: [process.execPath, 'router/control.mjs', 'set'],
                  get: [process.execPath, 'router/control.mjs', 'get'],
                  requests: [process.execPath, 'router/control.mjs', 'requests'],
                },
              },
              weights: ['50%', '100%'],
              each: '300ms',
              every: '300ms',
              'hold-for': '20s',
              metrics: [{ name: 'errors', http: { url: get('/stats'), requests: 2, value: 'errors' }, expect: '< 1%' }],
            },
          }
        : {}),
    },
    null,
    2,
  );
}
