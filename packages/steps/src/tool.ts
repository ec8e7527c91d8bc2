/** Written into every record: which version of the suite made it. */
export const TOOL = 'release-runbook 0.1.0';
