import { createServer } from 'node:http';
import { openDatabase } from '../../sqlite.mjs';

const version = 'v1.1.0';
const db = await openDatabase(process.env.DATABASE_PATH);

async function answer(request) {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (pathname === '/health') return [200, { version, rows: db.all('SELECT count(*) AS rows FROM notes')[0].rows }];
  if (pathname !== '/api/notes') return [404, { error: `there is no ${pathname}` }];
  if (request.method === 'POST') {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { text } = JSON.parse(body);
    const [{ id }] = db.all("INSERT INTO notes (text, created_at) VALUES (?, datetime('now')) RETURNING id", text);
    return [201, { version, id }];
  }
  const notes = db.all('SELECT id, text, pinned FROM notes ORDER BY pinned DESC, id DESC LIMIT 20');
  return [200, { version, notes }];
}

const server = createServer(async (request, response) => {
  let [status, body] = [500, {}];
  try {
    [status, body] = await answer(request);
  } catch (error) {
    console.error(`ERROR ${request.method} ${request.url}: ${error.message}`);
    body = { version, error: error.message };
  }
  response.writeHead(status, { 'content-type': 'application/json', 'x-version': version });
  response.end(JSON.stringify(body));
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log(`${version} listens on ${process.env.PORT}`));

// What was begun is answered before it ends.
process.on('SIGTERM', () => {
  server.close(() => {
    db.close();
    process.exit(0);
  });
});
