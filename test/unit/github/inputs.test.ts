import { describe, expect, test } from '@jest/globals';
import { actionNames } from '@release-runbook/github/actions';
import { getInputs, secretInputs } from '@release-runbook/github/inputs';
import { RunbookError } from '@release-runbook/units/error';

const failure = (work: () => unknown): RunbookError => {
  try {
    work();
  } catch (error) {
    if (error instanceof RunbookError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
};

describe('inputs', () => {
  test('texts, flags, defaults; what is empty is not given', () => {
    const inputs = getInputs('rollback', {
      INPUT_TO: ' v1.0.0 ',
      'INPUT_ACCEPT-LOSS': 'true',
      INPUT_REASON: '',
      INPUT_RUNBOOK: '',
    });
    expect(inputs).toMatchObject({
      to: 'v1.0.0',
      'accept-loss': true,
      'dry-run': false,
      reason: undefined,
      runbook: '.github/runbook.yml',
    });
  });

  test('a flag is true or false', () => {
    expect(failure(() => getInputs('deploy', { 'INPUT_DRY-RUN': 'yes' })).message).toBe(
      'input "dry-run" is "yes", expected true or false',
    );
  });

  test('a misspelt one is found, with the word that was meant; all mistakes at once', () => {
    const error = failure(() => getInputs('deploy', { INPUT_DRYRUN: 'true', INPUT_FIRST: 'maybe' }));
    expect(error.problems.map(({ message, hint }) => [message, hint])).toEqual([
      ['input "first" is "maybe", expected true or false', undefined],
      ['unknown input "dryrun" of deploy', 'did you mean "dry-run"?'],
    ]);
  });

  test('without anything every action has its defaults', () => {
    for (const action of actionNames) expect(getInputs(action, {}).runbook).toBe('.github/runbook.yml');
  });

  test('secret ones are known before they are read', () => {
    expect(secretInputs('db-backup', { INPUT_URL: 'sqlite:app.db', INPUT_TOKEN: 'ghs_x', INPUT_TO: 'folder' })).toEqual(
      ['ghs_x'],
    );
    expect(secretInputs('smoke-test', { INPUT_URL: 'https://u:pw@example.com/' })).toEqual([
      'https://u:pw@example.com/',
    ]);
    expect(secretInputs('smoke-test', { INPUT_URL: 'https://example.com/?key=1' })).toEqual([
      'https://example.com/?key=1',
    ]);
  });
});
