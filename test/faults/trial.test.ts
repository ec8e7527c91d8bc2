import { appendFile } from 'node:fs/promises';
import { test } from '@jest/globals';
import { oneOfEachKind, pointName, pointsOf, reference, tryAll } from '../support/toy/matrix.ts';
const variants = JSON.parse(process.env.VARIANTS as string);
test('trial', async () => {
  for (const variant of variants) {
    const log = (text: string) => appendFile(process.env.OUT as string, `${text}\n`);
    const began = performance.now();
    try {
    const found = await reference(variant);
    await log(`${JSON.stringify(variant)} reference ${Math.round(performance.now() - began)} ms`);
    let points = pointsOf(found, JSON.parse(process.env.PICK ?? '{}'));
    if (process.env.KINDS) points = oneOfEachKind(points);
    if (process.env.MATCH) points = points.filter((p) => new RegExp(process.env.MATCH as string).test(pointName(p)));
    await log(`${points.length} points`);
    const limit = Number(process.env.LIMIT ?? 1e9);
    const every = Math.max(1, points.length / limit);
    points = points.filter((_, i) => Math.floor(i / every) !== Math.floor((i - 1) / every));
    await tryAll(points, 2, (o, n) => void log(`${n}/${points.length} ${o.problems.length === 0 ? 'ok  ' : 'FAIL'} ${Math.round(o.ms)} ${pointName(o.point)}${o.problems.map((p) => `\n      ${p}`).join('')}`));
    } catch (error) { await log(String(error)); }
    await log(`took ${Math.round((performance.now() - began) / 1000)} s`);
  }
}, 3_600_000);
