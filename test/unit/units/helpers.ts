import { UnitError } from '@release-runbook/units/error';
import fc from 'fast-check';

/** The UnitError that `run` throws. */
export function caught(run: () => unknown): UnitError {
  let value: unknown;
  try {
    value = run();
  } catch (error) {
    if (error instanceof UnitError) return error;
    throw error;
  }
  throw new Error(`expected a UnitError, got ${JSON.stringify(value)}`);
}

/** A number as people write it, with one of the units; small enough for the largest of them. */
export function written(units: readonly string[]): fc.Arbitrary<string> {
  const digits = fc.oneof(
    fc.integer({ min: 0, max: 8000 }).map(String),
    fc.tuple(fc.integer({ min: 0, max: 8000 }), fc.stringMatching(/^\d{1,6}$/)).map((parts) => parts.join('.')),
  );
  return fc.tuple(digits, fc.constantFrom('', ' '), fc.constantFrom(...units)).map((parts) => parts.join(''));
}
