import { expect } from '@jest/globals';
import type { App } from './app.ts';

export type Report = { id: number; checksum: string; results: unknown[]; analysis: unknown[]; snapshots: unknown[] };
export type History = { items: { id: number; storage_tier?: string | null }[]; total: number };

/** A GET with its JSON, the size of its body and the time it took. */
export async function get<T>(app: App, path: string): Promise<{ status: number; body: T; bytes: number; ms: number }> {
  const started = performance.now();
  const response = await fetch(app.url + path);
  const text = await response.text();
  const ms = performance.now() - started;
  return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T, bytes: text.length, ms };
}

/** A POST of JSON. */
export async function post<T>(app: App, path: string, body: unknown): Promise<{ status: number; body: T }> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(app.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as T };
}

/** Everything that the front end needs, with the figures that a release has to prove. */
export async function worksFully(app: App, version: string): Promise<void> {
  expect((await get(app, '/health')).body).toMatchObject({ status: 'ok', version, database: 'ok' });
  const before = (await get<History>(app, '/api/history')).body;
  expect(before.total).toBeGreaterThanOrEqual(6);
  expect(before.items).toHaveLength(Math.min(20, before.total));
  expect((await get<History>(app, '/api/history?limit=2&page=2')).body.items).toEqual(before.items.slice(2, 4));
  for (const { id } of before.items) expect((await get(app, `/api/reports/${id}`)).status).toBe(200);

  const asked = { brand_name: 'Otter & Söhne', question: '这个品牌怎么样？', requested_by: 'kim@example.com' };
  const made = await post<Report>(app, '/api/reports', asked);
  expect(made).toMatchObject({ status: 201, body: { ...asked, results: [], revision: 1 } });
  const { id } = made.body;
  expect((await get<History>(app, '/api/history')).body).toMatchObject({ total: before.total + 1 });
  expect((await get<History>(app, '/api/history')).body.items[0]?.id).toBe(id);

  const whole = await get(app, `/api/tasks/${id}`);
  expect(whole.body).toMatchObject({ id, revision: 1, status: 'queued' });
  expect(await get(app, `/api/tasks/${id}?since=1`)).toMatchObject({ status: 204, bytes: 0 });
  const progress = `/api/tasks/${id}/progress`;
  await post(app, progress, { progress: 50, result: { model: 'm1', answer: 'Rather good.', score: 60 } });
  await post(app, progress, {
    progress: 100,
    status: 'completed',
    result: { model: 'm2', answer: 'Good.', score: 90 },
  });
  const changes = await get<Report>(app, `/api/tasks/${id}?since=2`);
  expect(changes.body).toMatchObject({ revision: 3, status: 'completed', results: [{ model: 'm2' }] });
  expect((await get(app, `/api/tasks/${id}?since=3`)).status).toBe(204);
  const done = (await get<Report>(app, `/api/reports/${id}`)).body;
  expect(done).toMatchObject({
    analysis: [{ answers: 2, average_score: 75, summary: 'well known' }],
    results: [{}, {}],
  });
  expect(done.snapshots).toHaveLength(1);
  expect(done.checksum).not.toBe(made.body.checksum);

  expect((await get<{ ms: number }>(app, '/api/stats/query')).body.ms).toBeLessThan(50);
  expect((await post(app, '/api/reports', { brand_name: '' })).status).toBe(400);
  expect((await get(app, '/api/history?limit=1000')).status).toBe(400);
  expect((await get(app, '/api/tasks/1?since=x')).status).toBe(400);
  for (const path of ['/api/reports/999999', '/api/tasks/999999']) expect((await get(app, path)).status).toBe(404);
  expect(app.log()).not.toMatch(/^(ERROR|CRITICAL)/m);
  expect(app.log()).toMatch(/^INFO .* GET \/api\/history 200 [\d.]+ms$/m);
}
