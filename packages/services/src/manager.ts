import type { Place, ServiceStatus } from './types.ts';

/** Status with what only the wait for health needs. */
export interface ManagerStatus extends ServiceStatus {
  /** Set when it is known that waiting is in vain: "pm2 says errored after 16 restarts". */
  readonly hopeless?: string | undefined;
}

/** One way to start and stop services; what differs between pm2 and a command. */
export interface Manager {
  start(place: Place, options: { directory: string; env: Readonly<Record<string, string>> }): Promise<void>;
  stop(place: Place): Promise<void>;
  status(place: Place): Promise<ManagerStatus>;
  /** Absolute paths of the log files it keeps itself; empty when it keeps none. */
  logs(place: Place): Promise<readonly string[]>;
  /** Absolute paths of all that is left of a place after a stop: its logs, and what it was known by. */
  traces(place: Place): Promise<readonly string[]>;
}
