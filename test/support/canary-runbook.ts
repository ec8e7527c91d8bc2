/** A runbook with a canary of two slots; the parts given stand in for the defaults. */
export function canaryRunbook(parts: { canary?: string; metrics?: string; when?: string; more?: string } = {}): string {
  const {
    canary = '{ weights: [5%, 25%, 50%, 100%], each: 10m, every: 1m, hold-for: 5m',
    metrics = METRICS,
    when = '',
    more = '',
  } = parts;
  const traffic = 'traffic: { command: { on: app, set: ./set, get: ./get, requests: ./requests } }';
  return `
runbook: v1
system: shop
hosts: { app: { local: true } }
services:
  backend:
    on: app
    command: { start: [./app] }
    ${canary === 'none' ? 'port: 5000' : 'slots: { blue: { port: 5000, directory: blue }, green: { port: 5001, directory: green } }'}
    health: "http://127.0.0.1:$PORT/health"
deploy: [{ restart: backend }]
${canary === 'none' ? '' : `canary: ${canary}, ${traffic}, metrics: [${metrics}] }`}
${when === '' ? '' : `rollback: { when: [${when}] }`}
${more}
source: { directory: examples/demo/versions/v1.0.0 }
`;
}

/** Ends in a number that the fake host prints for `./errors` on each track. */
const METRICS = '{ name: errors, command: { on: app, run: [./errors] }, expect: "< 2", worse-than-stable: "> 50%" }';
