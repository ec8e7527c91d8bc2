import type { MetricSpec } from '@release-runbook/runbook/schema/canary';
import type { MetricContext, MetricSource } from './types.ts';

type KeysOf<T> = T extends unknown ? keyof T : never;
type Kind = Extract<KeysOf<MetricSpec>, 'http' | 'log' | 'forge' | 'command'>;
/** The options of one kind of metric. */
export type MetricOptions<K extends Kind> = Extract<MetricSpec, Record<K, unknown>>[K];

/** Where each kind is implemented; a new kind is a line here. */
const sources: { [K in Kind]: () => Promise<(options: MetricOptions<K>, context: MetricContext) => MetricSource> } = {
  http: async () => (await import('./http.ts')).httpMetric,
  log: async () => (await import('./log.ts')).logMetric,
  forge: async () => (await import('./forge.ts')).forgeMetric,
  command: async () => (await import('./command.ts')).commandMetric,
};

/** The source of one metric; nothing is asked before its first measurement. Keep it: a log's place lives in it. */
export function openMetric(spec: MetricSpec, context: MetricContext): MetricSource {
  let opened: Promise<MetricSource> | undefined;
  const open = async (): Promise<MetricSource> => {
    if ('http' in spec) return (await sources.http())(spec.http, context);
    if ('log' in spec) return (await sources.log())(spec.log, context);
    if ('forge' in spec) return (await sources.forge())(spec.forge, context);
    return (await sources.command())(spec.command, context);
  };
  return {
    async measure(track) {
      opened ??= open();
      return (await opened).measure(track);
    },
    async begin(track) {
      opened ??= open();
      await (await opened).begin?.(track);
    },
  };
}
