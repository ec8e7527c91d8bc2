import { run } from '../program/index.js';
await run('db-backup');
