import type { MigrationSpec } from '../schema/migrate.ts';
import type { Subject } from './subject.ts';

/** The parts that must fit together for a release to go there and back: deploy, slots, canary, undo. */
export function checkRelease(subject: Subject): void {
  checkDeployed(subject);
  checkItems(subject);
  checkSlotsAndCanary(subject);
  checkWeights(subject);
  checkUndo(subject);
  checkScripts(subject);
}

/** Allowed, since an action alone may do no more; as a release it would record a version that runs nowhere. */
function checkDeployed(subject: Subject): void {
  const services = subject.names('services');
  const { deploy } = subject.sections;
  if (services.length === 0 || !subject.whole('deploy') || (deploy?.length ?? 0) > 0) return;
  subject.warn(
    ['services'],
    `services, but no "deploy:": a release would back up, migrate and test, start nothing anew, and end with ${services.join(', ')} on the old version, recorded as the new one`,
    {
      part: 'key',
      hint: `add "deploy:" with what brings a version into place, and "- restart: ${services[0]}" at its end`,
    },
  );
}

/** Items are found by their names in the record. */
function checkItems(subject: Subject): void {
  const seen = new Map<string, 'item' | 'restart'>();
  subject.sections.deploy?.forEach((item, index) => {
    const restart = 'restart' in item;
    const name = restart ? item.restart : item.name;
    const other = seen.get(name);
    const path = ['deploy', index, restart ? 'restart' : 'name'];
    if (other === undefined) seen.set(name, restart ? 'restart' : 'item');
    else if (restart && other === 'restart') {
      subject.problem(path, `"${name}" is restarted a second time, expected once`, {
        hint: 'put all changes before one restart',
      });
    } else {
      const what = other === 'restart' || restart ? 'an item and a restart have' : 'two items have';
      subject.problem(
        path,
        `${what} the name "${name}", expected one of its own for each: the record finds them by it`,
      );
    }
  });
}

function checkSlotsAndCanary(subject: Subject): void {
  const { services, canary, deploy } = subject.sections;
  if (services === undefined || !subject.whole('canary')) {
    if (canary !== undefined && subject.names('services').length === 0) noSlots(subject);
    return;
  }
  const slotted = Object.keys(services).filter((name) => services[name]?.slots !== undefined);
  const [first] = slotted;
  if (canary === undefined) {
    if (first === undefined) return;
    subject.problem(
      ['services', first, 'slots'],
      `"${first}" has slots, but no "canary:" moves the traffic to the new one`,
      {
        hint: 'add "canary:" with your router and "weights: [100%]" for one switch, or take the slots away',
      },
    );
    return;
  }
  if (first === undefined) {
    noSlots(subject);
    return;
  }
  if (!subject.whole('deploy')) return;
  deploy?.forEach((item, index) => {
    if (!('restart' in item) || services[item.restart] === undefined || slotted.includes(item.restart)) return;
    subject.problem(
      ['deploy', index, 'restart'],
      `"${item.restart}" has one place only and would be replaced under both tracks: a release with a canary needs slots for each service that it starts anew`,
      {
        hint: `give "${item.restart}" slots, or release it in a runbook of its own`,
      },
    );
  });
  for (const name of slotted) {
    if (deploy?.some((item) => 'restart' in item && item.restart === name)) continue;
    subject.problem(
      ['services', name],
      `"deploy:" does not start "${name}", so its idle slot would get traffic and no new version`,
      {
        hint: `add "- restart: ${name}" to "deploy:"`,
      },
    );
  }
}

function noSlots(subject: Subject): void {
  subject.problem(['canary'], 'a canary, but no service has slots: two versions cannot run at once in one place', {
    part: 'key',
    hint: 'add "slots: { blue: { port: 5000, directory: blue }, green: { port: 5001, directory: green } }" to the service, or take "canary:" away',
  });
}

function checkWeights(subject: Subject): void {
  const weights = subject.sections.canary?.weights;
  if (weights === undefined) return;
  weights.forEach((weight, index) => {
    const before = weights[index - 1] ?? 0;
    if (weight > before) return;
    const than = index === 0 ? '0%' : `the ${before}% before it`;
    subject.problem(['canary', 'weights', index], `the weight ${weight}% does not rise, expected more than ${than}`);
  });
  const last = weights.at(-1);
  if (last !== undefined && last !== 100) {
    subject.problem(
      ['canary', 'weights', weights.length - 1],
      `the weights end at ${last}%, expected 100% at the end`,
      {
        hint: 'add "100%"',
      },
    );
  }
}

const restores = (migration: MigrationSpec): boolean =>
  typeof migration.undo === 'object' && !Array.isArray(migration.undo) && 'restore' in migration.undo;

/** A restore takes away what was written since the backup. */
function checkUndo(subject: Subject): void {
  const { migrate, canary, 'stop-writes': stopWrites } = subject.sections;
  for (const [name, migration] of Object.entries(migrate ?? {})) {
    if (!restores(migration)) continue;
    const path = ['migrate', name, 'undo'];
    if (canary !== undefined) {
      subject.problem(
        path,
        'undo by restore in a release with a canary: both versions write, and a restore would lose it',
        {
          hint: 'use "undo: keep" (the old version works on the new schema), or a script that leads back',
        },
      );
    } else if (subject.whole('stop-writes') && (stopWrites === undefined || stopWrites.length === 0)) {
      subject.problem(
        path,
        'undo by restore, but nothing stops writes: what is written after the backup would be lost',
        {
          hint: 'add "stop-writes: [SERVICE]", or use "undo: keep" or a script that leads back',
        },
      );
    }
  }
}

/** A rehearsal gives a script a copy by a variable; without one the script would find the live database. */
function checkScripts(subject: Subject): void {
  const { migrate, databases } = subject.sections;
  for (const [name, migration] of Object.entries(migrate ?? {})) {
    const down =
      typeof migration.undo === 'string'
        ? migration.undo !== 'keep'
        : Array.isArray(migration.undo) || 'run' in migration.undo;
    const database = databases?.[name];
    if (database === undefined || database.env !== undefined || !('run' in migration || down)) continue;
    subject.problem(
      ['databases', name],
      `"${name}" is migrated by a script and has no "env:", so a rehearsal could not give the script a copy to work on`,
      {
        hint: 'add "env: DATABASE_PATH", and let the script and the application read that variable',
      },
    );
  }
}
