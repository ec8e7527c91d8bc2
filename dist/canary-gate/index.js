import { run } from '../program/index.js';
await run('canary-gate');
