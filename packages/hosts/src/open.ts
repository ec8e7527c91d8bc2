import type { HostSpec } from '@release-runbook/runbook/schema/hosts';
import { RunbookError } from '@release-runbook/units/error';
import { nearest } from '@release-runbook/units/nearest';
import type { Scope } from './host.ts';
import { localHost } from './local.ts';
import type { Secrets } from './ssh-master.ts';
import type { Fence, Host, Hosts } from './types.ts';

/**
 * The hosts of an environment; each connects when first used. The code for ssh is loaded only where a host asks for it, so
 * call this before the hosts are needed.
 */
export async function openHosts(
  specs: Readonly<Record<string, HostSpec>>,
  scope: Scope,
  secrets: Secrets,
): Promise<Hosts> {
  const ssh = Object.values(specs).some((spec) => 'ssh' in spec) ? await import('./ssh.ts') : undefined;
  const opened = new Map<string, Host>();
  let fence: Fence | undefined;
  return {
    names: () => Object.keys(specs),
    fence(one) {
      fence = one;
      for (const host of opened.values()) host.fence(one);
    },
    get(name) {
      const known = opened.get(name);
      if (known !== undefined) return known;
      const spec = specs[name];
      if (spec === undefined) {
        const near = nearest(name, Object.keys(specs));
        throw new RunbookError(`there is no host "${name}"${near === undefined ? '' : `; did you mean "${near}"?`}`);
      }
      const host =
        'ssh' in spec && ssh !== undefined ? ssh.sshHost(name, spec, scope, secrets) : localHost(name, spec, scope);
      if (fence !== undefined) host.fence(fence);
      opened.set(name, host);
      return host;
    },
    async close() {
      await Promise.all([...opened.values()].map((host) => host.close()));
      opened.clear();
    },
  };
}
