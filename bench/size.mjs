// How large dist/ is: what an action loads, by part, and compressed.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { result } from './measure.mjs';

const kind = (path) => {
  if (path.endsWith('.wasm')) return 'wasm';
  if (path.endsWith('licenses.txt')) return 'licenses';
  const [part] = path.split('/');
  return part === 'program' || part === 'sqlite-client' ? part : 'stubs';
};

export function size({ dist }) {
  const sums = new Map();
  for (const path of files(dist)) {
    const bytes = readFileSync(join(dist, path));
    const sum = sums.get(kind(path)) ?? { bytes: 0, compressed: 0, files: 0 };
    sums.set(kind(path), {
      bytes: sum.bytes + bytes.length,
      compressed: sum.compressed + gzipSync(bytes, { level: 9 }).length,
      files: sum.files + 1,
    });
  }
  for (const [name, { bytes, compressed }] of sums) {
    result('size', name, bytes, 'bytes');
    result('size', `${name}, gzip`, compressed, 'bytes');
  }
  const shared = sums.get('program');
  const actions = readdirSync(dist).filter(
    (name) => statSync(join(dist, name)).isDirectory() && !others.has(name),
  ).length;
  if (shared !== undefined)
    result('size', 'program for each action that shares it', Math.round(shared.bytes / actions), 'bytes');
}
const others = new Set(['program', 'sqlite-client', 'cli', 'demo']);

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'))
    .sort();
}
