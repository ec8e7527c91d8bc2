// The code of a version into the slot that it is started in, and back to what was there. Runs twice without harm.
//   node code.mjs put|back      in the slot's folder, with $VERSION, $RELEASE and $SLOT
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const { VERSION, RELEASE, SLOT } = process.env;
const slot = process.cwd();
const kept = join(root, 'kept', `${RELEASE}-${SLOT}`);

const fill = (from) => {
  for (const name of readdirSync(slot)) rmSync(join(slot, name), { recursive: true });
  cpSync(from, slot, { recursive: true });
};

if (process.argv[2] === 'put') {
  if (!existsSync(kept)) {
    const partial = `${kept}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(join(root, 'kept'), { recursive: true });
    cpSync(slot, partial, { recursive: true });
    renameSync(partial, kept);
  }
  fill(join(root, 'versions', VERSION));
  console.log(`${VERSION} lies in slot ${SLOT}`);
} else if (existsSync(kept)) {
  fill(kept);
  console.log(`slot ${SLOT} holds what it held before ${VERSION}`);
} else console.log(`${VERSION} had not come to slot ${SLOT}`);
