import type { Hosts } from '@release-runbook/hosts/types';
import type { RouterSpec } from '@release-runbook/runbook/schema/canary';
import type { Router } from './types.ts';

/** Where each kind of router is implemented; a new kind is a line here. */
const routers = {
  command: async () => (await import('./command.ts')).commandRouter,
} satisfies Record<keyof RouterSpec, unknown>;

/**
 * The router of `canary: traffic:`; nothing is asked before its first method.
 * @param variables what its scripts get beside $WEIGHTS
 * @param slots the names that weights may have; without them any name is taken that the router tells
 */
export function openRouter(
  spec: RouterSpec,
  hosts: Hosts,
  variables: Readonly<Record<string, string>>,
  slots?: readonly string[],
): Router {
  let loaded: Promise<Router> | undefined;
  const router = () => {
    loaded ??= routers.command().then((make) => make(spec.command, { hosts, variables, slots }));
    return loaded;
  };
  return {
    set: async (weights) => (await router()).set(weights),
    read: async () => (await router()).read(),
    requests: async () => (await router()).requests(),
  };
}
