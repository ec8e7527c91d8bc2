import { formatError, RunbookError } from '@release-runbook/units/error';
import { problemJson } from './errors.ts';
import { type Call, defaultRunbook } from './session.ts';

/** Every problem and warning of a runbook file, for each of its environments. Touches nothing, asks no host. */
export async function check(call: Call): Promise<number> {
  const { args, terminal } = call;
  const [named] = args.positionals;
  const option = args.text('runbook');
  if (named !== undefined && option !== undefined && named !== option)
    throw new RunbookError(`two runbooks are named, ${named} and ${option}; expected one`);
  const file = named ?? option ?? defaultRunbook;
  const { checkRunbook, parseRunbook, readRunbookText } = await import(
    /* webpackChunkName: "step" */ '@release-runbook/runbook/load'
  );
  const text = await readRunbookText(file);
  const { environments, problems, warnings } = await checkRunbook(text, file);
  const broken = new Map<string, readonly RunbookError[]>();
  // A problem of one environment of several says so.
  if (environments.length > 1 && problems.length > 0)
    for (const environment of environments)
      broken.set(environment, await problemsOf(() => parseRunbook(text, file, { environment })));
  const where = (problem: RunbookError) => {
    const names = [...broken].filter(([, list]) => list.some((one) => same(one, problem))).map(([name]) => name);
    return names.length === 0 || names.length === environments.length ? undefined : names;
  };
  if (call.json) {
    call.document({
      file,
      environments,
      problems: problems.map((problem) => ({ ...problemJson(problem), environments: where(problem) ?? environments })),
      warnings: warnings.map(problemJson),
    });
    return problems.length > 0 ? 1 : 0;
  }
  const m = call.messages();
  for (const problem of problems) {
    const names = where(problem);
    const [head = '', ...rest] = formatError(problem).split('\n');
    terminal.complain([names === undefined ? head : `${head} (${m.check.only(names.join(', '))})`, ...rest].join('\n'));
  }
  for (const warning of warnings) terminal.complain(asWarning(warning, m.check.warning));
  if (problems.length === 0 && warnings.length === 0) {
    if (!call.quiet) terminal.say(terminal.colour('green', m.check.fine(file, environments.join(', '))));
    return 0;
  }
  terminal.complain(m.check.total(file, problems.length, warnings.length));
  return problems.length > 0 ? 1 : 0;
}

function asWarning({ message, at, hint }: RunbookError, word: string): string {
  return formatError(new RunbookError(`${word}${message}`, { at, hint }));
}

async function problemsOf(parse: () => Promise<unknown>): Promise<readonly RunbookError[]> {
  try {
    await parse();
    return [];
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return error.problems.length > 0 ? error.problems : [error];
  }
}

const same = (a: RunbookError, b: RunbookError): boolean =>
  a.message === b.message && a.at?.line === b.at?.line && a.at?.column === b.at?.column;
