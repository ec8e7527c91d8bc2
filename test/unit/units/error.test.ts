import { describe, expect, test } from '@jest/globals';
import { formatError, RunbookError, UnitError } from '@release-runbook/units/error';

const at = { file: '.github/runbook.yml', line: 12, column: 5 };

describe('formatError', () => {
  test('says where, what and what to do', () => {
    const error = new RunbookError('unknown key "helth"', { at, hint: 'did you mean "health"?' });
    expect(formatError(error)).toBe('.github/runbook.yml:12:5: unknown key "helth"\n  did you mean "health"?');
  });

  test('a hint of two lines is indented on both, and a message without place or hint stands alone', () => {
    expect(formatError(new RunbookError('no host', { hint: 'one\ntwo' }))).toBe('no host\n  one\n  two');
    expect(formatError(new RunbookError('no host'))).toBe('no host');
  });

  test('problems are printed one after another', () => {
    const problems = [new RunbookError('first', { at }), new RunbookError('second', { at, hint: 'do this' })];
    expect(formatError(new RunbookError('2 problems', { problems }))).toBe(
      '.github/runbook.yml:12:5: first\n.github/runbook.yml:12:5: second\n  do this',
    );
  });

  test('other values give their message', () => {
    expect(formatError(new TypeError('x is not a function'))).toBe('x is not a function');
    expect(formatError('text')).toBe('text');
  });
});

test('a UnitError is a RunbookError whose hint is the nearest word', () => {
  const error = new UnitError('expected a size, got "gb"', { offset: 4, expected: 'a size', nearest: 'GB' });
  expect(error).toBeInstanceOf(RunbookError);
  expect(error).toMatchObject({ name: 'UnitError', offset: 4, expected: 'a size', nearest: 'GB', at: undefined });
  expect(error.hint).toBe('did you mean "GB"?');
  expect(new UnitError('no').hint).toBeUndefined();
});

test('the cause is kept', () => {
  const cause = new Error('refused');
  expect(new RunbookError('host unreachable', { cause }).cause).toBe(cause);
});
