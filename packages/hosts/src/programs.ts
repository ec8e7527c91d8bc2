import type { Run } from '@release-runbook/runbook/schema/common';
import type { HostSpec } from '@release-runbook/runbook/schema/hosts';
import { quote } from './agent.ts';

/** `cd` and `export` lines in front of a program. Values stand in a text on standard input, never in arguments. */
export function prelude(spec: HostSpec, directory: string, env: Readonly<Record<string, string>> | undefined): string {
  const lines = [
    `cd ${quote(directory)} || { echo "release-runbook: the folder ${directory.replaceAll(/[^\w./~-]/g, '?')} is not there" >&2; exit 126; }`,
  ];
  if (spec.path !== undefined && spec.path.length > 0) lines.push(`export PATH=${quote(spec.path.join(':'))}:"$PATH"`);
  for (const [name, value] of Object.entries({ ...spec.env, ...env })) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`not a variable's name: ${name}`);
    lines.push(`export ${name}=${quote(value)}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The line that becomes the program. */
export function exec(program: readonly string[]): string {
  return `exec ${program.map(quote).join(' ')}\n`;
}

/** What a `run:` becomes: a launcher, and the script's text when it is one (bash reads it from a file). */
export function launcher(run: Run, scriptPath: string): { line: string; script: string } {
  if (typeof run !== 'string') return { line: exec(run), script: '' };
  return { line: exec(['bash', '-eo', 'pipefail', scriptPath]), script: run };
}
