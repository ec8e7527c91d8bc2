import { type Ran, type RunnerJob, runAction } from './action.ts';
import type { ActWorld } from './world.ts';

const STEPS = ['db-backup', 'migrate', 'deploy', 'smoke-test', 'canary-gate'] as const;

/** The release job without act: its actions one after another, each of which must go on. */
export async function releaseByActions(world: ActWorld, tag: string): Promise<{ job: RunnerJob; ran: readonly Ran[] }> {
  const job = await world.job({ tag });
  const ran: Ran[] = [];
  for (const step of STEPS) {
    const one = await runAction(world.suite, step, {}, job);
    if (one.code !== 0 || one.outputs.decision !== 'proceed')
      throw new Error(`${step} ended with ${one.code}, ${one.outputs.decision}\n${one.log}`);
    ran.push(one);
  }
  return { job, ran };
}
