// Builds dist/ from src/: the same sources always give the same files, listed with their hashes in manifest.json.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const version = readFileSync(join(here, '..', 'VERSION'), 'utf8').trim();
const manifest = { version, files: {} };

function build(folder) {
  for (const entry of readdirSync(join(here, 'src', folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      build(path);
      continue;
    }
    const content = readFileSync(join(here, 'src', path), 'utf8').replaceAll('__VERSION__', version);
    mkdirSync(join(here, 'dist', folder), { recursive: true });
    writeFileSync(join(here, 'dist', path), content);
    manifest.files[path] = createHash('sha256').update(content).digest('hex');
  }
}

rmSync(join(here, 'dist'), { recursive: true, force: true });
build('.');
writeFileSync(join(here, 'dist', 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`miniprogram ${version}: ${Object.keys(manifest.files).length} files`);
