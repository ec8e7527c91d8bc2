import { afterEach, expect, test } from '@jest/globals';
import { type ActWorld, makeActWorld } from '../support/act/world.ts';

let world: ActWorld;
afterEach(async () => {
  await world.close();
});

test('a tag: prepared, released to 100 %, told in comment and notes', async () => {
  world = await makeActWorld({ versions: ['v1', 'v2'] });
  const began = Date.now();
  const ran = await world.run({ tag: 'v2.0.0' });
  console.log(Date.now() - began, JSON.stringify(ran.jobs));
  const { writeFileSync } = await import('node:fs');
  writeFileSync('/tmp/act.raw', ran.raw.join('\n'));
  writeFileSync('/tmp/act.log', ran.log.join('\n'));
  writeFileSync('/tmp/act.json', JSON.stringify({ outputs: ran.outputs, summaries: ran.summaries, comments: world.server.state.comments, releases: world.server.state.releases, violations: world.server.violations }, null, 1));
  expect(ran.jobs).toEqual({});
});
