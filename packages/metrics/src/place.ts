import type { Place, Service } from '@release-runbook/services/types';
import { RunbookError } from '@release-runbook/units/error';
import type { MetricContext, Track } from './types.ts';

/** Slot and port of a track, as variables. @throws RunbookError when the track has no place now */
export function variablesOf(context: MetricContext, track: Track): Readonly<Record<string, string>> {
  const place = context.tracks[track];
  if (place === undefined) throw new RunbookError(`there is no ${track} track now, so nothing of it can be measured`);
  return { ...context.variables, TRACK: track, PORT: String(place.port), SLOT: place.slot };
}

/** The place of a service on a track; a service without slots has one place for both. */
export function placeOf(service: Service, context: MetricContext, track: Track): Place {
  const [only] = service.places();
  if (only !== undefined && only.slot === null) return only;
  const place = context.tracks[track];
  if (place === undefined)
    throw new RunbookError(`there is no ${track} track now, so the log of ${service.name} on it cannot be read`);
  return service.place(place.slot);
}

/** The services to look at: the one named, else all. */
export function servicesOf(context: MetricContext, name: string | undefined): readonly Service[] {
  if (name === undefined) return Object.values(context.services);
  const service = context.services[name];
  if (service !== undefined) return [service];
  throw new RunbookError(`there is no service ${name}`, {
    hint: `known: ${Object.keys(context.services).join(', ') || 'none'}`,
  });
}
