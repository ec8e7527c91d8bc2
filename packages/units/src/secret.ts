/** The next thing to do where a secret that the runbook names has no value: in a job, and in a terminal. `name` without `$`. */
export function giveSecret(name: string): string {
  return `in a workflow add to the step: env: { ${name}: \${{ secrets.${name} }} }; in a terminal: export ${name}=…`;
}
