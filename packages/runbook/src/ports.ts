import type { ServiceSpec } from './schema/services.ts';

type Services = Readonly<Record<string, ServiceSpec>>;

export const hasPort = (service: ServiceSpec): boolean => service.port !== undefined || service.slots !== undefined;

/**
 * The services that $PORT could stand for where no service is named: those with slots, else those with a port. One of
 * them means that one; several mean that the place must name its service.
 */
export function portServices(services: Services): string[] {
  const names = Object.keys(services);
  const slotted = names.filter((name) => services[name]?.slots !== undefined);
  return slotted.length > 0 ? slotted : names.filter((name) => services[name]?.port !== undefined);
}

/** The service that $PORT stands for: the one named, else the only candidate; undefined when there is none or several. */
export function portService(services: Services, named?: string): string | undefined {
  if (named !== undefined) return named;
  const candidates = portServices(services);
  return candidates.length === 1 ? candidates[0] : undefined;
}
