import type { CommandName } from './commands.ts';

export interface HelpTexts {
  readonly about: string;
  readonly words: {
    readonly usage: string;
    readonly options: string;
    readonly changes: string;
    readonly examples: string;
  };
  readonly exits: string;
  readonly more: string;
  readonly commands: Readonly<
    Record<
      CommandName,
      {
        readonly summary: string;
        readonly does: string;
        readonly changes: string;
        readonly examples: readonly string[];
      }
    >
  >;
  /** By name; `<command> <name>` where a command means its own thing by it. */
  readonly options: Readonly<Record<string, string>>;
}

export const en: HelpTexts = {
  about: `runbook carries out the release that .github/runbook.yml describes, and brings it back.
Every change is written to the record before it is made, with the way to undo it; rollback reads the record from its end.`,
  words: { usage: 'Usage', options: 'Options', changes: 'Changes', examples: 'Examples' },
  exits: `Exit codes:
  0   done
  1   refused, nothing changed (also bad input); or the release failed (and was brought back, see what it printed)
  2   an undo failed, or a mistake of this program: the state and the next command are printed
  75  holds: it waits, or a person has to decide
  130 ended by a second Ctrl-C; what was begun is in the record`,
  more: 'runbook COMMAND --help tells what a command does, what it changes, and its options.',
  commands: {
    check: {
      summary: 'Tells every problem and warning of a runbook, as file:line:column.',
      does: 'Reads FILE (default .github/runbook.yml) for each of its environments: unknown keys, wrong units, references to what is not there,\nsecrets written out, cycles in the start order, a canary without slots, and what else would fail only in the middle of a release.',
      changes: 'nothing; no host is asked.',
      examples: ['runbook check', 'runbook check ops/runbook.yml --json'],
    },
    plan: {
      summary: 'Shows what a release would do, how it is undone, and its digest.',
      does: 'Lists the items in their order with the undo of each, the forecast from earlier records, the warnings and the way back.\nThe digest stands for all of it: release --approved DIGEST refuses when anything changed meanwhile.\nWith --rehearse the preflight checks run, and the migration is rehearsed on a restored backup: schema difference and forecast.',
      changes: 'nothing that serves. --rehearse works on copies beside the backup, and removes them.',
      examples: ['runbook plan v2.1.0', 'runbook plan v2.1.0 --environment production --rehearse --json'],
    },
    release: {
      summary: 'Releases VERSION: preflight, backup, migrate, deploy, smoke, canary.',
      does: 'Runs the steps in one process and stops at the first that does not say proceed. A step that fails after something changed\nbrings this release back by itself (not with --no-rollback). A release of this VERSION that waits is gone on with.\nAt a terminal the plan is shown and asked about first; --yes or --approved say so already, and elsewhere one of them is needed.\nCtrl-C stops: nothing new is started, and what was changed is brought back. A second one ends the program at once.',
      changes:
        'database, code, configuration, services, traffic, as the runbook says; each change is in the record first.',
      examples: [
        'runbook release v2.1.0',
        'runbook release v2.1.0 -e production --approved 5f1c… --json >result.json',
        'runbook release v1.0.0 --first          # there is no version before it',
      ],
    },
    rollback: {
      summary: 'Undoes what a release did, newest first, and proves that all is as before.',
      does: 'Decides the whole chain and its cost first, prints it, then begins: traffic, services, code and configuration, database.\nBy default it is the release under way, else the one that serves. It can be run again until it is through.\nAt a terminal it asks before it begins, unless --yes says so already; elsewhere --yes is needed. --dry-run never asks.\nA restore that would lose rows stops and asks (exit 75): then --accept-loss restores and exports them, --keep-rows leaves the database.',
      changes: 'what the release changed, back; the database that a restore replaces is kept beside it.',
      examples: [
        'runbook rollback --dry-run',
        'runbook rollback --yes --reason "reports are empty"',
        'runbook rollback --to v1.9.0             # several releases back, newest first',
        'runbook rollback --record copy.jsonl     # when the record itself is lost; needs no checkout',
      ],
    },
    status: {
      summary: 'Who serves, who holds the lock, what is under way, the way back.',
      does: 'Reads the records of the environment (of each, when none is named). A release under way, or the one that --release names,\nis shown with its items, verdicts and failures.',
      changes: 'nothing.',
      examples: ['runbook status', 'runbook status --environment production --all --json'],
    },
    unlock: {
      summary: "Frees an environment's lock whose holder is dead.",
      does: 'Shows the holder. Steps take the lock from a dead holder by themselves where its death can be proven; this is for where it cannot,\nand rests on your word. Refuses while the holder’s process lives on this machine or a job of its still runs on a host.',
      changes: 'the lock and its epoch: the old holder can write no more. --force also stops what it left running.',
      examples: ['runbook unlock --environment production', 'runbook unlock --force'],
    },
    help: {
      summary: 'Tells about a command.',
      does: 'The same as runbook COMMAND --help.',
      changes: 'nothing.',
      examples: ['runbook help rollback'],
    },
    version: {
      summary: 'Prints the version of this program.',
      does: 'With --json also that of Node.',
      changes: 'nothing.',
      examples: ['runbook version'],
    },
  },
  options: {
    runbook: 'the runbook; default .github/runbook.yml',
    environment: 'which of its environments; default the only one',
    directory: 'start in this folder',
    locale: 'language; default by LC_ALL, LC_MESSAGES, LANG, then the runbook’s',
    json: 'one JSON document on standard output; the log goes to standard error',
    quiet: 'only results and problems',
    help: 'this text',
    rehearse: 'run the preflight checks and rehearse the migration',
    first: 'this system was never released: there is nothing to come back to',
    approved: 'digest of the approved plan; one that changed since is refused',
    yes: 'do not ask',
    'no-rollback': 'leave a failed release as it is',
    to: 'the version wanted back; default the one before the release',
    'rollback release': 'id of the release to undo; default the one under way, else the one that serves',
    'status release': 'show this release',
    reason: 'why, for the record',
    'dry-run': 'tell what would be undone and what it costs; change nothing',
    'accept-loss': 'restore although rows written since the backup are lost; they are exported first',
    'keep-rows': 'bring back code and traffic, leave the database as it is',
    'accept-code': 'leave code or configuration that is not as before as it is: your word that you have looked',
    'rows-written-since': 'what to do about rows written since the backup; keep is --keep-rows',
    record: 'work from a copy of the record',
    'rollback force': 'take the lock although its holder seems alive: your word that it is dead',
    'unlock force': 'take the lock although its holder seems alive',
    all: 'every release of the records, not only the newest',
  },
};
