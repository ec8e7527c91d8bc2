import { expect, test } from '@jest/globals';
import { counted, rowsOf } from '@release-runbook/units/count';

test('one is one, and none is many', () => {
  expect([0, 1, 2].map((count) => counted(count, 'row'))).toEqual(['0 rows', '1 row', '2 rows']);
  expect(counted(2, 'entry', 'entries')).toBe('2 entries');
});

test('rows by table, without those of which there are none', () => {
  expect(rowsOf({ orders: 1, users: 12, notes: 0 })).toBe('1 row of orders, 12 rows of users');
  expect(rowsOf({})).toBe('');
});
