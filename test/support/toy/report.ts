import { appendFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { type Outcome, type Point, pointName, tryAll } from './matrix.ts';

/** Points that are tried at the same time: half of what a point takes is waiting. */
export const workers = Number(process.env.RUNBOOK_FAULTS_WORKERS ?? 2);

/** All points; with RUNBOOK_FAULTS_LIMIT so many of them, spread evenly, and with RUNBOOK_FAULTS_MATCH those whose name matches. */
export function pickedPoints(points: readonly Point[]): readonly Point[] {
  const match = new RegExp(process.env.RUNBOOK_FAULTS_MATCH ?? '');
  const matching = points.filter((point) => match.test(pointName(point)));
  const limit = Number(process.env.RUNBOOK_FAULTS_LIMIT ?? matching.length);
  if (limit >= matching.length) return matching;
  return Array.from({ length: limit }, (_, index) => matching[Math.floor((index * matching.length) / limit)] as Point);
}

/** Tries them, prints how many there were and how many ended as before, and fails with the others. */
export async function expectRestored(points: readonly Point[], atOnce: number): Promise<void> {
  if (points.length === 0 && process.env.RUNBOOK_FAULTS_MATCH === undefined) throw new Error('no point to try');
  const began = performance.now();
  const outcomes = await tryAll(points, atOnce, note);
  const restored = outcomes.filter(({ problems }) => problems.length === 0).length;
  process.stdout.write(
    `${points.length} points, ${restored} restored (${Math.round((performance.now() - began) / 1000)} s)\n`,
  );
  const broken = outcomes.filter(({ problems }) => problems.length > 0);
  expect(broken.map(({ point, problems }) => [pointName(point), ...problems].join('\n  '))).toEqual([]);
}

/** With RUNBOOK_FAULTS_LOG=FILE a line a point, as it ends. */
function note({ point, problems, ms }: Outcome, done: number): void {
  const file = process.env.RUNBOOK_FAULTS_LOG;
  if (file !== undefined)
    appendFileSync(
      file,
      `${done} ${problems.length === 0 ? 'restored' : 'BROKEN'} ${Math.round(ms)} ms ${pointName(point)}${problems.map((text) => `\n    ${text}`).join('')}\n`,
    );
}
