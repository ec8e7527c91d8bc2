import { posix } from 'node:path';
import { sshHost } from '@release-runbook/hosts/ssh';
import type { Host } from '@release-runbook/hosts/types';
import type { StepContext } from '../context.ts';
import type { CopyPlace, CopySpec } from './place.ts';

/** A folder on a host of the runbook, or on one that only keeps copies. */
export function hostPlace(ctx: StepContext, spec: Extract<CopySpec, { directory: string }>): CopyPlace {
  const scope = { system: ctx.runbook.system, environment: ctx.runbook.environment };
  const own = 'ssh' in spec ? sshHost('copy', { ssh: spec.ssh }, scope, ctx.env) : undefined;
  const host: Host = own ?? ctx.hosts.get((spec as { on: string }).on);
  return {
    name: 'ssh' in spec ? spec.ssh : spec.on,
    async put(local, file, progress) {
      const path = posix.join(spec.directory, file);
      return { path, ...(await host.send(local, path, progress)) };
    },
    async get(path, local, progress) {
      await host.fetch(path, local, progress);
    },
    close: async () => own?.close(),
  };
}
