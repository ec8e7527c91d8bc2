// The one table of what each action takes and gives. action.yml, the tables of the READMEs and action-catalog.md are
// generated from it (scripts/catalog.mjs), so this file imports nothing.

export interface InputSpec {
  readonly description: string;
  readonly required?: true;
  /** As in action.yml. An input that is given empty has it too. */
  readonly default?: string;
  /** Masked before anything else happens. */
  readonly secret?: true;
  /** `true` or `false`. */
  readonly flag?: true;
}

export interface ActionSpec {
  readonly title: string;
  readonly description: string;
  readonly icon: string;
  readonly color: 'white' | 'yellow' | 'blue' | 'green' | 'orange' | 'red' | 'purple' | 'gray-dark';
  readonly inputs: Readonly<Record<string, InputSpec>>;
  readonly outputs: Readonly<Record<string, string>>;
}

const common = {
  runbook: { description: 'The runbook, from the root of the checkout.', default: '.github/runbook.yml' },
  config: { description: "This step's sections as YAML, in a runbook's words, instead of a runbook." },
  environment: { description: "The runbook's environment. Default: the only one it has." },
  version: { description: 'The version to release. Default: the tag that started the workflow.' },
  release: { description: 'Id of the release to work on. Default: the one of this run.' },
  locale: { description: 'Language of what people read: en or zh-CN. Default: that of the runbook.' },
  token: {
    description:
      'Token for comments, release notes and questions to GitHub. With a read-only one the summary tells all.',
    default: '${{ github.token }}',
    secret: true,
  },
} as const satisfies Record<string, InputSpec>;

/** Of the steps that open a release, or join the one of their run. */
const joining = {
  approved: { description: 'Digest of the plan that was approved; a plan that differs is refused as plan-changed.' },
  'holder-result': {
    description:
      'Result of the job of this run that held the lock before (`needs.release.result`): proof that it has ended.',
  },
  first: { description: 'There is no version before this one: nothing to come back to.', default: 'false', flag: true },
} as const satisfies Record<string, InputSpec>;

const changing = {
  ...joining,
  'dry-run': { description: 'Tell what would be done and change nothing.', default: 'false', flag: true },
} as const satisfies Record<string, InputSpec>;

const outputs = {
  decision: 'proceed, hold, refuse, roll-back or failed.',
  reason: 'Why, out of a closed list.',
  result: 'Everything as JSON; `schema` is its version.',
  record: 'Where the record of the release is.',
  release: 'Id of the release.',
  'way-back': 'The way back in one line.',
} as const;

export const actions = {
  'preflight-check': {
    title: 'Release runbook: preflight check',
    description: 'Is everything ready, and is there a way back? Prints the plan and its digest; changes nothing.',
    icon: 'check-square',
    color: 'blue',
    inputs: {
      ...common,
      rehearse: {
        description: 'Rehearse the migration on the newest verified backup: schema difference, forecast, way back.',
        default: 'true',
        flag: true,
      },
      first: changing.first,
    },
    outputs: {
      ...outputs,
      digest: 'Digest of the plan, for the input `approved` of the steps that carry it out.',
      plan: 'The plan as JSON.',
    },
  },
  'db-backup': {
    title: 'Release runbook: database backup',
    description:
      'Backs a database up and proves by restoring it that the backup has the same tables, rows and constraints.',
    icon: 'archive',
    color: 'blue',
    inputs: {
      ...common,
      ...changing,
      url: { description: 'Alone: the database, such as sqlite:app.db.', secret: true },
      to: { description: 'Alone, and needed there: where backups go, a folder that stays or ssh://user@host/folder.' },
      keep: { description: 'How many verified backups stay.', default: '' },
      name: { description: 'Alone: name of the database in records and file names. Default: from the URL.' },
    },
    outputs: {
      ...outputs,
      backup: 'Id of the backup.',
      verified: 'true when it was restored and compared.',
      rows: 'Rows in it.',
      sha256: 'SHA-256 of its file, hex.',
      file: 'Its file.',
    },
  },
  migrate: {
    title: 'Release runbook: migrate',
    description:
      'Migrates a database after a verified backup and a rehearsal, and holds the outcome against what was expected.',
    icon: 'database',
    color: 'purple',
    inputs: {
      ...common,
      ...changing,
      url: { description: 'Alone: the database, such as sqlite:app.db.', secret: true },
      files: { description: 'Alone: SQL files or a pattern, run in the order of their names.' },
    },
    outputs: {
      ...outputs,
      applied: 'What was applied, as a JSON list.',
      backup: 'Id of the backup that a restore would use.',
    },
  },
  deploy: {
    title: 'Release runbook: deploy',
    description:
      'Deploys code, configuration and services item by item, each with its undo, and waits until all are healthy.',
    icon: 'upload-cloud',
    color: 'green',
    inputs: { ...common, ...changing },
    outputs: { ...outputs, slot: 'The slot that got the new version; empty for services in one place.' },
  },
  'smoke-test': {
    title: 'Release runbook: smoke test',
    description: 'Checks functions and performance of what was deployed, with numbers. Changes nothing.',
    icon: 'activity',
    color: 'orange',
    inputs: {
      ...common,
      ...joining,
      url: { description: 'Alone: the address to ask.', secret: true },
      status: { description: 'Alone: status expected. Default: 200.' },
      p95: { description: 'Alone: threshold of the 95th percentile, such as "< 200 ms".' },
      contains: { description: 'Alone: a text that the answer must contain.' },
    },
    outputs: { ...outputs, passed: 'How many checks passed.', failed: 'How many did not.' },
  },
  'canary-gate': {
    title: 'Release runbook: canary gate',
    description:
      'Shifts traffic weight by weight, compares canary with stable at each, and promotes or sets traffic back.',
    icon: 'git-branch',
    color: 'yellow',
    inputs: { ...common, ...changing },
    outputs: { ...outputs, weight: "The canary's share of traffic at the end, percent." },
  },
  rollback: {
    title: 'Release runbook: rollback',
    description: 'Undoes from the record what a release did, newest first, and proves that the system is as before.',
    icon: 'rewind',
    color: 'red',
    inputs: {
      ...common,
      to: { description: 'The version wanted back. Default: the one before the release.' },
      reason: { description: 'Why, for the record and the people told.' },
      record: { description: 'A copy of the record to work from, when its own place is gone.' },
      'of-run': {
        description:
          'Id of the run whose release is undone, and no other. Default: this run; none when started by hand, or with `to`, `release`, `accept-loss` or `rows-written-since`.',
      },
      'holder-result': changing['holder-result'],
      'dry-run': changing['dry-run'],
      'accept-loss': {
        description: 'Restore the database although rows written since the backup are lost; they are exported first.',
        default: 'false',
        flag: true,
      },
      'rows-written-since': { description: 'ask or keep, instead of what the runbook says.' },
    },
    outputs: {
      ...outputs,
      version: 'The version that serves now.',
      seconds: 'From decision to verified.',
      lost: 'Rows lost by table, JSON.',
      exported: 'Rows exported for re-application by table, JSON.',
    },
  },
} as const satisfies Record<string, ActionSpec>;

export type ActionName = keyof typeof actions;
export const actionNames = Object.keys(actions) as readonly ActionName[];
