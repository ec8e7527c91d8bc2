import type { Judged } from '@release-runbook/record/events';
import type { Reason } from '../decision.ts';
import { Outcome } from '../outcome.ts';

/** What was found to be wrong, as the record tells it. */
export type Finding = Omit<Judged, 'seq' | 'at' | 'epoch'>;

/** The canary does harm: the traffic goes back first, then the finding is written. */
export class Harm extends Outcome {
  readonly finding: Finding;
  constructor(reason: Reason, finding: Finding, details: Readonly<Record<string, unknown>>) {
    const at = finding.rule === undefined ? '' : ` (${finding.rule.file}:${finding.rule.line})`;
    super('roll-back', reason, `${finding.text}${at}`, { details });
    this.finding = finding;
  }
}
