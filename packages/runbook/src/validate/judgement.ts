import { formatDuration } from '@release-runbook/units/duration';
import { UnitError } from '@release-runbook/units/error';
import { nearest } from '@release-runbook/units/nearest';
import { didYouMean } from '../finding.ts';
import { metricThreshold, rowsThreshold } from '../metric.ts';
import type { RunbookPath } from '../types.ts';
import { checkPattern } from './services.ts';
import type { Subject } from './subject.ts';

/** Metrics, triggers and expectations: what is measured, and what could never be. */
export function checkJudgement(subject: Subject): void {
  checkMetrics(subject);
  checkTriggers(subject);
  for (const [name, migration] of Object.entries(subject.sections.migrate ?? {})) {
    for (const [table, expectation] of Object.entries(migration.expect ?? {})) {
      const path = ['migrate', name, 'expect', table, 'rows'];
      const word = typeof expectation.rows === 'string' ? nearest(expectation.rows.trim(), ['kept']) : undefined;
      if (word === undefined || word === expectation.rows) readable(subject, path, () => rowsThreshold(expectation));
      else
        subject.problem(
          path,
          `rows: expected "kept", a number of rows, or a threshold such as ">= 6", got ${JSON.stringify(expectation.rows)}`,
          {
            hint: didYouMean(word),
          },
        );
    }
  }
}

function readable(subject: Subject, path: RunbookPath, read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof UnitError)) throw error;
    subject.problem(path, `${String(path.at(-1))}: ${error.message}`, { inside: error.offset, hint: error.hint });
  }
}

function checkMetrics(subject: Subject): void {
  const { canary } = subject.sections;
  const names = new Set<string>();
  canary?.metrics?.forEach((metric, index) => {
    const path = ['canary', 'metrics', index];
    if (names.has(metric.name)) {
      subject.problem(
        [...path, 'name'],
        `two metrics are called "${metric.name}", expected a name of its own for each`,
      );
    }
    names.add(metric.name);
    readable(subject, [...path, 'expect'], () => metricThreshold(metric));
    if ('log' in metric) checkPattern(subject, metric.log.pattern, [...path, 'log', 'pattern']);
    const relative = metric['worse-than-stable'] !== undefined;
    if (metric.expect === undefined && !relative) {
      subject.problem(path, `the metric "${metric.name}" decides nothing, expected "expect" or "worse-than-stable"`, {
        hint: 'for example expect: "< 200 ms"; a metric that is only shown has "dry-run: true" beside it',
      });
    } else if (relative && 'forge' in metric) {
      subject.problem([...path, 'worse-than-stable'], 'issues are not told apart by track, expected "expect"', {
        part: 'key',
      });
    } else if (relative && metric.expect === undefined && metric['dry-run'] !== true) {
      subject.warn(
        [...path, 'worse-than-stable'],
        `"${metric.name}" has no meaning at 100%, where there is no stable track left: it decides nothing there`,
        { part: 'key', hint: 'add "expect:" with an absolute threshold' },
      );
    }
  });
}

function checkTriggers(subject: Subject): void {
  const { canary, rollback } = subject.sections;
  if (!subject.whole('canary')) return;
  const gateMs = canary === undefined ? 0 : canary.each * canary.weights.length;
  rollback?.when?.forEach((trigger, index) => {
    if (trigger.for === undefined || trigger.for <= gateMs) return;
    const gate = canary === undefined ? 'there is no canary' : `the gate takes ${formatDuration(gateMs)} in all`;
    subject.warn(
      ['rollback', 'when', index, 'for'],
      `not yet observed: this trigger must hold for ${formatDuration(trigger.for)}, and ${gate}`,
      { hint: 'the release reports it as not yet observed, not as passed' },
    );
  });
}
