import { expect, test } from '@jest/globals';
import { nearest } from '@release-runbook/units/nearest';

const keys = ['services', 'databases', 'preflight', 'backup', 'migrate', 'deploy', 'smoke', 'canary', 'on', 'run'];

test.each([
  ['servces', 'services'],
  ['databse', 'databases'],
  ['pre-flight', 'preflight'],
  ['depoly', 'deploy'],
  ['Canary', 'canary'],
  ['rnu', 'run'],
  ['no', 'on'],
  ['smoke', 'smoke'],
])('%s is near %s', (word, expected) => {
  expect(nearest(word, keys)).toBe(expected);
});

test.each(['', 'kubernetes', 'xy', 'x'.repeat(1_000_000)])('nothing is near %#', (word) => {
  expect(nearest(word, keys)).toBeUndefined();
});

test('the exact word wins over one that differs in case only', () => {
  expect(nearest('kB', ['KB', 'kB'])).toBe('kB');
});
