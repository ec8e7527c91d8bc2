#!/usr/bin/env node
import { run } from '../program/index.js';
await run('cli');
