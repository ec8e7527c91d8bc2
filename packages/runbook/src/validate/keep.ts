import type { Subject } from './subject.ts';

/**
 * With `undo: keep` the way back rests on the old version working on the new schema. The rehearsal tries that; where it can be
 * seen here that it cannot, a release would be refused.
 */
export function checkKeep(subject: Subject): void {
  const { migrate, databases, services, smoke } = subject.sections;
  for (const [name, migration] of Object.entries(migrate ?? {})) {
    const old = migration['old-version'];
    if (migration.undo !== 'keep' || (typeof old === 'object' && 'untried' in old)) continue;
    const startable = Object.entries(services ?? {}).filter(
      ([, service]) => service.health !== undefined && ('pm2' in service || !('stop' in service.command)),
    );
    const why =
      subject.whole('services') && startable.length === 0
        ? 'no service has both a start program, which the suite could run beside the old one, and "health:"'
        : subject.whole('services') &&
            typeof old === 'string' &&
            subject.names('services').includes(old) &&
            !startable.some(([service]) => service === old)
          ? `"${old}" has no start program that the suite could run beside the old one, or no "health:"`
          : // A script without it is a problem of its own.
            'files' in migration && databases?.[name] !== undefined && databases[name].env === undefined
            ? `databases.${name} has no "env:" by which the old version could be given a copy`
            : subject.whole('smoke') && !(smoke ?? []).some(isOnline)
              ? 'no check of "smoke:" asks the service (http, journey, polling)'
              : undefined;
    if (why === undefined) continue;
    subject.problem(
      ['migrate', name, 'undo'],
      `undo: keep, and that the old version works on the new schema cannot be tried: ${why}`,
      { hint: 'mend that, or say why it is safe all the same: old-version: { untried: "why" }' },
    );
  }
}

const isOnline = (check: object): boolean => 'http' in check || 'journey' in check || 'polling' in check;
