// Writes runbook.schema.json from the schemas of packages/runbook (after `tsc -b`); with --check only compares.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runbookJsonSchema } from '../packages/runbook/lib/json-schema.js';

const file = fileURLToPath(new URL('../runbook.schema.json', import.meta.url));
const text = `${JSON.stringify(await runbookJsonSchema(), null, 2)}\n`;
if (process.argv.includes('--check')) {
  const present = await readFile(file, 'utf8').catch(() => '');
  if (present !== text) {
    console.error(
      'runbook.schema.json is not in step with packages/runbook: run npx tsc -b && node scripts/schema.mjs',
    );
    process.exitCode = 1;
  }
} else {
  await writeFile(file, text);
}
