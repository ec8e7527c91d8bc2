import type { ReleaseState } from '@release-runbook/record/state';

// The commands that views tell people to run. A word of a release goes into a command only when a shell reads it as itself.
export const word = (text: string): string =>
  /^[A-Za-z0-9._/:@%+=-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replace(/'/g, "'\\''")}'`;

export type CommandState = Pick<ReleaseState, 'release'> & {
  readonly opened: Pick<ReleaseState['opened'], 'environment' | 'version'>;
};

const at = (state: CommandState): string =>
  `--environment ${word(state.opened.environment)} --release ${word(state.release)}`;

export const rollbackCommand = (state: CommandState): string => `runbook rollback ${at(state)}`;
export const acceptLossCommand = (state: CommandState): string => `runbook rollback ${at(state)} --accept-loss`;
export const keepRowsCommand = (state: CommandState): string =>
  `runbook rollback ${at(state)} --rows-written-since keep`;
export const resumeCommand = (state: CommandState): string =>
  `runbook release ${word(state.opened.version)} --environment ${word(state.opened.environment)}`;
