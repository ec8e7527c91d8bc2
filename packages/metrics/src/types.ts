import type { Hosts } from '@release-runbook/hosts/types';
import type { Service } from '@release-runbook/services/types';

export type Track = 'stable' | 'canary';

/** A value, and how many requests or events it rests on; null when there was nothing to measure. */
export interface Sample {
  readonly value: number | null;
  readonly count: number;
  readonly unit: string;
}

export interface MetricContext {
  readonly hosts: Hosts;
  readonly services: Readonly<Record<string, Service>>;
  /** Slot and port of each track. */
  readonly tracks: Readonly<Record<Track, { slot: string; port: number } | undefined>>;
  readonly variables: Readonly<Record<string, string>>;
  /** Host of requests to 127.0.0.1. */
  readonly defaultHost: string | undefined;
  /** Issues with a label opened since a time; undefined when the forge cannot be asked. */
  readonly issues: ((label: string, since: Date) => Promise<number | undefined>) | undefined;
  /** When the release began, for rates. */
  readonly since: Date;
  readonly now: () => Date;
}

/** A source keeps what it needs between measurements (a mark in a log) in itself. */
export interface MetricSource {
  /** Measures one track. Throws when the source errs: an error is never a pass. */
  measure(track: Track): Promise<Sample>;
  /** Marks where measuring begins (a log's end) before traffic comes; without it the first measurement does, and finds nothing. */
  begin?(track: Track): Promise<void>;
}
