import type { MadeBackup } from '@release-runbook/github/restore-command';
import { runAction } from '@release-runbook/github/run-action';
import { withContext } from '@release-runbook/github/step-context';

/** Backs up and proves it. The outputs of its own tell of the first database: alone there is one. */
export function run(): Promise<void> {
  return runAction('db-backup', (inputs, around) =>
    withContext('db-backup', inputs, around, undefined, async (ctx, alone) => {
      const { backup } = await import('@release-runbook/steps/backup');
      const result = await backup(ctx);
      const made = (result.details.backups ?? []) as readonly MadeBackup[];
      if (alone) {
        const { restoreLines } = await import('@release-runbook/github/restore-command');
        const { directory, copies = [] } = ctx.runbook.backup;
        const vanishes = directory === undefined || around.job.vanishing;
        if (around.job.vanishing && copies.length === 0)
          ctx.platform.annotate(
            'warning',
            `this backup lies in ${directory} of a runner that vanishes after the job: keep it elsewhere (to: ssh://user@host/folder)`,
          );
        for (const one of made) for (const line of await restoreLines(ctx, one, vanishes)) ctx.platform.log(line);
      }
      const [first] = made;
      if (first === undefined) return result;
      return { ...result, details: { backup: first.id, file: first.path, sha256: first.sha256, ...result.details } };
    }),
  );
}
