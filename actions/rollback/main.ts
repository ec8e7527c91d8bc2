import { rollbackAction } from '@release-runbook/github/rollback-action';
import { runAction } from '@release-runbook/github/run-action';

/** Brings back what a release did, from its record. */
export function run(): Promise<void> {
  return runAction('rollback', rollbackAction);
}
