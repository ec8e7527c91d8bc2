import { run } from '../program/index.js';
await run('preflight-check');
