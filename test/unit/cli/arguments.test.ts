import { describe, expect, test } from '@jest/globals';
import { parseArguments } from '@release-runbook/cli/arguments';
import { RunbookError } from '@release-runbook/units/error';
import fc from 'fast-check';

function refusal(...argv: string[]): string {
  try {
    parseArguments(argv);
  } catch (error) {
    if (error instanceof RunbookError) return `${error.message} | ${error.hint ?? ''}`;
    throw error;
  }
  throw new Error('was accepted');
}

describe('arguments', () => {
  test('a command with options in any place', () => {
    const args = parseArguments([
      'rollback',
      '--to',
      'v1.0.0',
      '-e',
      'production',
      '--accept-loss',
      '--reason=it is slow',
    ]);
    expect(args.command).toBe('rollback');
    expect(args.text('to')).toBe('v1.0.0');
    expect(args.text('environment')).toBe('production');
    expect(args.text('reason')).toBe('it is slow');
    expect(args.flag('accept-loss')).toBe(true);
    expect(args.flag('dry-run')).toBe(false);
    expect(args.text('release')).toBeUndefined();
  });

  test('a version that begins with a dash comes behind --', () => {
    expect(parseArguments(['plan', '--', '-odd']).positionals).toEqual(['-odd']);
  });

  test('help and version before a command', () => {
    expect(parseArguments([]).command).toBe('help');
    expect(parseArguments(['--help']).command).toBe('help');
    expect(parseArguments(['-V']).command).toBe('version');
    expect(parseArguments(['release', '--help']).flag('help')).toBe(true);
  });

  test.each([
    [['relase', 'v1'], 'unknown command "relase"; did you mean "release"?'],
    [['release', 'v1', '--aproved', 'x'], 'unknown option of release "--aproved"; did you mean "--approved"?'],
    [['release', 'v1', '-x'], 'unknown option of release "-x"'],
    [['frobnicate'], 'expected one of check, plan, release'],
    [['--json', 'status'], 'expected a command before "--json"'],
    [['release'], 'release needs VERSION'],
    [['release', ''], 'VERSION is empty'],
    [['release', 'v1', 'v2'], 'found "v2"'],
    [['status', 'production'], 'status takes no argument'],
    [['status', '--environment'], '--environment needs a value, found none'],
    [['release', 'v1', '--approved', ''], '--approved needs a value, found ""'],
    [['rollback', '--reason', '--dry-run'], '--reason needs a value'],
    [['status', '--json=yes'], '--json takes no value'],
    [['status', '--all', '--all'], '--all is given twice'],
    [['status', '--locale', 'zh-cn'], 'did you mean "zh-CN"?'],
    [['rollback', '--rows-written-since', 'kepe'], 'did you mean "keep"?'],
  ])('%j is refused: %s', (argv, text) => {
    expect(refusal(...argv)).toContain(text);
  });

  test('whatever is written, it is read or refused, never broken', () => {
    const words = fc.constantFrom(
      'release',
      'rollback',
      '--to',
      '-e',
      '--',
      '-',
      '--json',
      '--to=',
      'v1',
      '',
      '--no-rollback',
      '-ej',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 6 }), (argv) => {
        try {
          parseArguments(argv);
        } catch (error) {
          expect(error).toBeInstanceOf(RunbookError);
        }
      }),
    );
  });
});
