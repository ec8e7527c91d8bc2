// Copies the file to TEST_ARTIFACTS/<name>/: patterns and several paths are not needed here.
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const { INPUT_NAME: name, INPUT_PATH: path, TEST_ARTIFACTS: artifacts } = process.env;
if (!existsSync(path)) {
  const rule = process.env['INPUT_IF-NO-FILES-FOUND'];
  console.log(`no file ${path}`);
  process.exit(rule === 'error' ? 1 : 0);
}
mkdirSync(join(artifacts, name), { recursive: true });
cpSync(path, join(artifacts, name, basename(path)), { recursive: true });
console.log(`${path} is the artifact ${name}`);
