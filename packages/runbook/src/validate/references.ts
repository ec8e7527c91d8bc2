import type { CheckSpec } from '../schema/checks.ts';
import { checkSections } from '../sections.ts';
import type { RunbookPath } from '../types.ts';
import { refer, type Subject } from './subject.ts';

/** Each name of a host, a service or a database is one that exists. */
export function checkReferences(subject: Subject): void {
  const { sections } = subject;
  for (const [name, service] of Object.entries(sections.services ?? {})) {
    refer(subject, 'hosts', service.on, ['services', name, 'on']);
    service.after?.forEach((other, index) => {
      refer(subject, 'services', other, ['services', name, 'after', index]);
    });
  }
  for (const [name, database] of Object.entries(sections.databases ?? {})) {
    refer(subject, 'hosts', database.on, ['databases', name, 'on']);
  }
  for (const [name, migration] of Object.entries(sections.migrate ?? {})) {
    refer(subject, 'databases', name, ['migrate', name], 'key');
    const old = migration['old-version'];
    if (typeof old === 'string') refer(subject, 'services', old, ['migrate', name, 'old-version']);
  }
  sections['stop-writes']?.forEach((name, index) => {
    refer(subject, 'services', name, ['stop-writes', index]);
  });
  if (sections.record !== undefined) refer(subject, 'hosts', sections.record.on, ['record', 'on']);
  for (const section of checkSections) {
    sections[section]?.forEach((check, index) => {
      checkOf(subject, check, [section, index]);
    });
  }
  checkDeploy(subject);
  checkCanary(subject);
  checkCopies(subject);
}

function checkOf(subject: Subject, check: CheckSpec, path: RunbookPath): void {
  for (const [kind, options] of Object.entries(check)) {
    const { on, service, database } = options as { on?: string; service?: string; database?: string };
    if (on !== undefined) refer(subject, 'hosts', on, [...path, kind, 'on']);
    if (service !== undefined) refer(subject, 'services', service, [...path, kind, 'service']);
    if (database !== undefined) refer(subject, 'databases', database, [...path, kind, 'database']);
  }
}

function checkDeploy(subject: Subject): void {
  subject.sections.deploy?.forEach((item, index) => {
    if ('restart' in item) {
      refer(subject, 'services', item.restart, ['deploy', index, 'restart']);
      return;
    }
    if (item.on !== undefined) refer(subject, 'hosts', item.on, ['deploy', index, 'on']);
    if (item.service !== undefined) refer(subject, 'services', item.service, ['deploy', index, 'service']);
    const hosts = subject.names('hosts');
    if (item.on === undefined && item.service === undefined && hosts.length !== 1) {
      const which = hosts.length === 0 ? 'there are no hosts' : `there are ${hosts.length} hosts`;
      subject.problem(['deploy', index], `"${item.name}" does not say where it runs, and ${which}`, {
        hint: 'add "on: HOST" or "service: SERVICE"',
      });
    }
  });
}

function checkCanary(subject: Subject): void {
  const { canary } = subject.sections;
  if (canary === undefined) return;
  refer(subject, 'hosts', canary.traffic.command.on, ['canary', 'traffic', 'command', 'on']);
  canary.metrics?.forEach((metric, index) => {
    const path = ['canary', 'metrics', index];
    if ('command' in metric) refer(subject, 'hosts', metric.command.on, [...path, 'command', 'on']);
    if ('log' in metric && metric.log.service !== undefined) {
      refer(subject, 'services', metric.log.service, [...path, 'log', 'service']);
    }
    if ('http' in metric && metric.http.service !== undefined) {
      refer(subject, 'services', metric.http.service, [...path, 'http', 'service']);
    }
  });
}

/** A copy beside the original dies with it. */
function checkCopies(subject: Subject): void {
  const { backup, databases, hosts } = subject.sections;
  backup?.archive?.forEach(({ on }, index) => {
    refer(subject, 'hosts', on, ['backup', 'archive', index, 'on']);
  });
  backup?.copies?.forEach((copy, index) => {
    const path = ['backup', 'copies', index];
    if ('on' in copy && !refer(subject, 'hosts', copy.on, [...path, 'on'])) return;
    if (!('on' in copy || 'ssh' in copy)) return;
    for (const [name, database] of Object.entries(databases ?? {})) {
      const host = hosts?.[database.on];
      const same =
        'on' in copy ? copy.on === database.on : host !== undefined && 'ssh' in host && host.ssh === copy.ssh;
      if (!same) continue;
      subject.warn(
        [...path, 'on' in copy ? 'on' : 'ssh'],
        `this copy lies on the same host as the database "${name}", expected another host: what takes one takes both`,
      );
      return;
    }
  });
}
