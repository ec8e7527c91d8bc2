import { expect, test } from '@jest/globals';
import { withSection } from '@release-runbook/github/notes';
import fc from 'fast-check';

const markers = { begin: '<!-- begin -->', end: '<!-- end -->' };

test('the section goes between its markers, again and again, and what is around it stays', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      fc.string({ maxLength: 40 }),
      fc.string({ maxLength: 40 }),
      (before, after, one, two) => {
        const notes = withSection(`${before}${markers.begin}old${markers.end}${after}`, markers, one);
        expect(notes).toBe(`${before}${markers.begin}\n${one.trim()}\n${markers.end}${after}`);
        expect(withSection(notes, markers, two)).toBe(
          `${before}${markers.begin}\n${two.trim()}\n${markers.end}${after}`,
        );
      },
    ),
  );
});

test('notes without a section get one behind them; half a marker goes, its text stays', () => {
  expect(withSection('', markers, 'x')).toBe('<!-- begin -->\nx\n<!-- end -->');
  expect(withSection('Notes\n', markers, 'x')).toBe('Notes\n\n<!-- begin -->\nx\n<!-- end -->');
  expect(withSection('a <!-- begin --> mine', markers, 'x')).toBe('a  mine\n\n<!-- begin -->\nx\n<!-- end -->');
  expect(withSection('a <!-- end --> mine <!-- begin --> b', markers, 'x')).toBe(
    'a  mine  b\n\n<!-- begin -->\nx\n<!-- end -->',
  );
});
