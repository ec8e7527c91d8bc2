import type { Host } from '@release-runbook/hosts/types';
import type { ServiceSpec } from '@release-runbook/runbook/schema/services';

/** One place of a service: a slot, or its only place. */
export interface Place {
  readonly slot: string | null;
  readonly port: number | undefined;
  /** Relative to the host's directory, or absolute. */
  readonly directory: string;
}

export interface ServiceStatus {
  readonly running: boolean;
  readonly pid: number | undefined;
  /** Restarts since it was started, where the manager counts them. */
  readonly restarts: number | undefined;
  readonly memoryBytes: number | undefined;
}

export interface Service {
  readonly name: string;
  readonly host: Host;
  readonly spec: ServiceSpec;
  places(): readonly Place[];
  place(slot: string | null): Place;
  /** Starts (or starts anew) what is in the place with this environment; returns when the manager has it. Idempotent. */
  start(place: Place, env: Readonly<Record<string, string>>): Promise<void>;
  /** Stops it and confirms that it is gone. Idempotent. */
  stop(place: Place): Promise<void>;
  /** Stops what was started for a while in a place of its own, and removes what its manager kept of it. Idempotent. */
  forget(place: Place): Promise<void>;
  status(place: Place): Promise<ServiceStatus>;
  /** Asks `health:` from the service's host until it answers 2xx, or throws RunbookError with the last answer and the log's end. */
  healthy(place: Place): Promise<{ ms: number }>;
  /** Asks `health:` once; undefined when it answered 2xx, else what it gave instead. */
  ask(place: Place): Promise<string | undefined>;
  /** Lines that the service wrote to its log since a mark; a mark is what an earlier call gave (undefined: the end now). */
  log(place: Place, mark: string | undefined): Promise<{ lines: readonly string[]; mark: string }>;
}
