import { nearest } from '@release-runbook/units/nearest';
import type { Parsed } from '../assemble.ts';
import { didYouMean, type Finding, listed } from '../finding.ts';
import { child, type MapTree } from '../tree.ts';
import type { RunbookPath } from '../types.ts';

export type NamedSection = 'hosts' | 'services' | 'databases';

/** What is checked, and where findings go. Sections with a mistake of their own are undefined. */
export interface Subject {
  readonly sections: Parsed['sections'];
  /** The names in a section, also when it has mistakes. */
  names(section: NamedSection): readonly string[];
  /** Whether a section is there and right, or not there at all. */
  whole(section: keyof Parsed['sections']): boolean;
  problem(path: RunbookPath, message: string, more?: Pick<Finding, 'hint' | 'part' | 'inside'>): void;
  warn(path: RunbookPath, message: string, more?: Pick<Finding, 'hint' | 'part' | 'inside'>): void;
}

export interface Findings {
  readonly problems: Finding[];
  readonly warnings: Finding[];
}

export function subjectOf(tree: MapTree, sections: Parsed['sections'], into: Findings): Subject {
  return {
    sections,
    names: (section) => {
      const found = child(tree, section);
      return found?.kind === 'map' ? [...found.entries.keys()] : [];
    },
    whole: (section) => sections[section] !== undefined || !tree.entries.has(section),
    problem: (path, message, more) => into.problems.push({ path, message, ...more }),
    warn: (path, message, more) => into.warnings.push({ path, message, ...more }),
  };
}

const singular = { hosts: 'host', services: 'service', databases: 'database' } as const;

/** Reports a name that its section does not have. Returns whether it has it. */
export function refer(subject: Subject, section: NamedSection, name: string, path: RunbookPath, part?: 'key'): boolean {
  const known = subject.names(section);
  if (known.includes(name)) return true;
  const expected = known.length === 0 ? `"${section}:" has none` : `expected one of ${listed(known)}`;
  subject.problem(path, `no ${singular[section]} is called ${JSON.stringify(name)}, ${expected}`, {
    hint: didYouMean(nearest(name, known)),
    ...(part === undefined ? {} : { part }),
  });
  return false;
}
