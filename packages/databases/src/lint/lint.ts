import { judgeColumns } from './rules/columns.ts';
import { judgeConstraints } from './rules/constraints.ts';
import { judgeHalfApplied, judgeTimeout } from './rules/file.ts';
import { judgeMysqlLocks } from './rules/locks-mysql.ts';
import { judgePostgresLocks } from './rules/locks-postgres.ts';
import { judgeSqlite } from './rules/locks-sqlite.ts';
import { judgeObjects } from './rules/objects.ts';
import { judgeRebuild } from './rules/rebuild.ts';
import { judgeRows } from './rules/rows.ts';
import { judgeRun } from './rules/run.ts';
import type { Judge, Report } from './scene.ts';
import type { Source } from './source.ts';
import type { Engine, Finding, LintInput } from './types.ts';
import { applyWaivers } from './waivers.ts';
import { walk } from './walk.ts';
import type { Params, Words } from './words/en.ts';
import { wordsFor } from './words/words.ts';

/** Rules about what a statement changes; a table that is rebuilt is judged as a whole instead. */
const CHANGES: readonly Judge[] = [judgeColumns, judgeConstraints, judgeObjects];
const LOCKS: Readonly<Record<Engine, Judge>> = {
  postgres: judgePostgresLocks,
  mysql: judgeMysqlLocks,
  mariadb: judgeMysqlLocks,
  sqlite: judgeSqlite,
};

/**
 * What is dangerous in a migration while the old version still runs, for those who wait for its locks, and for its rows; each
 * with the safe way. Reads nothing but its input. Never throws for SQL that is wrong: that is a finding. Sorted by place.
 */
export async function lintMigration(input: LintInput): Promise<readonly Finding[]> {
  const words = wordsFor(input.locale);
  const found: Finding[] = [];
  let ofFile: Finding[] = [];
  const locks = LOCKS[input.engine];
  await walk(input, {
    step({ change, scene, rebuild, partOfRebuild }) {
      judgeRun(change, scene);
      if (rebuild !== undefined) judgeRebuild(scene, rebuild);
      if (partOfRebuild) return;
      for (const judge of CHANGES) judge(change, scene);
      locks(change, scene);
      judgeRows(change, scene);
      judgeTimeout(change, scene);
    },
    file(scene, source, reading) {
      judgeHalfApplied(scene);
      const all = applyWaivers(source, reading, distinct(ofFile), words);
      found.push(
        ...shortened(
          [...all].sort((a, b) => a.line - b.line || a.column - b.column),
          words,
        ),
      );
      ofFile = [];
    },
    report(source, report) {
      ofFile.push(finding(source, report, words, input.canary));
    },
  });
  return found;
}

const BLANK: Params = {
  table: '',
  column: '',
  name: '',
  to: '',
  from: '',
  what: '',
  list: '',
  when: '',
  rows: '',
};

function finding(source: Source, report: Report, words: Words, canary: boolean): Finding {
  const { rule, severity, at, params = {}, safeWay = [] } = report;
  const when = canary ? words.canary : words.comeBack;
  const text = words.texts[rule]({ ...BLANK, when, ...params });
  return { file: source.file, ...source.position(at), rule, severity, text, safeWay };
}

/** A safe way that stands in the one of another finding at the same place is not written out again. */
function shortened(findings: readonly Finding[], words: Words): Finding[] {
  return findings.map((finding, index) => {
    const { line, column, safeWay } = finding;
    const whole = findings
      .slice(0, index)
      .find(
        (other) =>
          other.line === line &&
          other.column === column &&
          safeWay.length > 2 &&
          safeWay.every((step) => other.safeWay.includes(step)),
      );
    return whole === undefined ? finding : { ...finding, safeWay: [words.say.asFor(whole.rule)] };
  });
}

/** The same may be found twice where a statement says it twice. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ line, column, rule, text }) => {
    const key = JSON.stringify([line, column, rule, text]);
    const is = !seen.has(key);
    seen.add(key);
    return is;
  });
}
