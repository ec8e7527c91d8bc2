import { giveSecret } from '@release-runbook/units/secret';
import type { Parsed } from './assemble.ts';
import type { MapTree } from './tree.ts';
import { checkJudgement } from './validate/judgement.ts';
import { checkKeep } from './validate/keep.ts';
import { checkReferences } from './validate/references.ts';
import { checkRelease } from './validate/release.ts';
import { checkServices } from './validate/services.ts';
import { type Findings, subjectOf } from './validate/subject.ts';
import { checkTexts } from './validate/texts.ts';

/** What the schemas of the sections cannot see: whether the parts fit together. Sections with mistakes are passed over. */
export function validate(tree: MapTree, sections: Parsed['sections']): Findings {
  const findings: Findings = { problems: [], warnings: [] };
  const subject = subjectOf(tree, sections, findings);
  checkReferences(subject);
  checkServices(subject);
  checkRelease(subject);
  checkKeep(subject);
  checkJudgement(subject);
  checkTexts(subject);
  return findings;
}

/** Secrets that hosts need and the environment of the step does not have. */
export function unsetSecrets(
  sections: Parsed['sections'],
  variables: Readonly<Record<string, string | undefined>>,
): Findings['problems'] {
  return Object.entries(sections.hosts ?? {}).flatMap(([name, host]) =>
    (['key', 'known-hosts'] as const).flatMap((key) => {
      const secret = 'ssh' in host ? host[key] : undefined;
      if (secret === undefined || (variables[secret.slice(1)] ?? '') !== '') return [];
      return [
        {
          path: ['hosts', name, key],
          message: `${secret} is not set in the environment of this step, expected the secret's value there`,
          hint: giveSecret(secret.slice(1)),
        },
      ];
    }),
  );
}
