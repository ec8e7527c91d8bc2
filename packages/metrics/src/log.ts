import type { Service } from '@release-runbook/services/types';
import { RunbookError } from '@release-runbook/units/error';
import type { MetricOptions } from './open.ts';
import { placeOf, servicesOf } from './place.ts';
import type { MetricContext, MetricSource, Track } from './types.ts';
import { type EventWindow, eventWindow } from './window.ts';

/** Lines that count as severe errors where a service does not say. */
export const severePattern = 'CRITICAL|FATAL|Traceback|^ERROR';
/** Reads of one measurement: a log that grows faster than this is told by the rest of the next one. */
const mostReads = 32;
/** Longer lines are matched at their beginning only: a pattern must not take minutes. */
const longestLine = 4_096;

/** Matching lines of a track's log within the last 60 minutes; see EventWindow for what that means against "> 10/h". */
export function logMetric(options: MetricOptions<'log'>, context: MetricContext): MetricSource {
  return countingLines(context, options.service, (service) => options.pattern ?? service.spec.severe ?? severePattern);
}

/** As logMetric, with a pattern a service. */
export function countingLines(
  context: MetricContext,
  name: string | undefined,
  patternOf: (service: Service) => string,
): MetricSource {
  interface Reader {
    mark: string | undefined;
    readonly pattern: RegExp;
    readonly service: Service;
  }
  const tracks = new Map<Track, { readonly readers: readonly Reader[]; readonly window: EventWindow }>();
  const open = async (track: Track) => {
    const known = tracks.get(track);
    if (known !== undefined) return known;
    const services = servicesOf(context, name);
    if (services.length === 0) throw new RunbookError('there is no service whose log could be read');
    const readers = services.map((service) => ({
      mark: undefined as string | undefined,
      pattern: compile(patternOf(service)),
      service,
    }));
    for (const reader of readers)
      reader.mark = (await reader.service.log(placeOf(reader.service, context, track), undefined)).mark;
    const opened = { readers, window: eventWindow() };
    tracks.set(track, opened);
    return opened;
  };
  return {
    async begin(track) {
      await open(track);
    },
    async measure(track) {
      const { readers, window } = await open(track);
      const now = context.now().getTime();
      for (const reader of readers) {
        const place = placeOf(reader.service, context, track);
        for (let read = 0; read < mostReads; read++) {
          const { lines, mark } = await reader.service.log(place, reader.mark);
          const moved = mark !== reader.mark;
          reader.mark = mark;
          window.add(lines.filter((line) => reader.pattern.test(line.slice(0, longestLine))).length, now);
          if (!moved) break;
        }
      }
      const count = window.count(now);
      return { value: count, count, unit: 'per hour' };
    },
  };
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'm');
  } catch (error) {
    throw new RunbookError(
      `the pattern ${JSON.stringify(pattern)} is no regular expression: ${(error as Error).message}`,
    );
  }
}
