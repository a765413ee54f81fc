import type { Calendar } from '../calendar';
import { Random } from '../random';
import type { YearStory } from '../story';
import type { Stream } from './types';

/** From 0 to 1, half at 0. */
const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** A model of an old generation keeps so much. */
const FLOOR = 0.12;

/** How many calls a stream has on a day beside others, before chance. */
export function makeShape(options: {
  seed: string;
  calendar: Calendar;
  story: YearStory;
  /** The first day of models, by gateway id. */
  launches: Map<string, number>;
}): (stream: Stream, day: number) => number {
  const { seed, calendar, story, launches } = options;
  const { days } = calendar;
  const { migration, launch, decline } = story;
  const switchDays = new Map<string, number>();

  /** When a key leaves the deprecated model; the straggler never does. */
  const switchDayOf = (stream: Stream): number => {
    if (stream.team.ref === migration.straggler) return Infinity;
    const known = switchDays.get(stream.key.id);
    if (known !== undefined) return known;
    const day = Random.of(seed, 'switch', stream.key.id).between(
      migration.fromDay + days * 0.03,
      migration.toDay - days * 0.03,
    );
    switchDays.set(stream.key.id, day);
    return day;
  };

  const lifeOf = (stream: Stream, day: number): number => {
    const { model } = stream;
    if (model.id === migration.from) {
      return logistic((switchDayOf(stream) - day) / (days * 0.006));
    }
    if (model.id === migration.to) {
      return logistic((day - switchDayOf(stream)) / (days * 0.006));
    }
    if (model.id === launch.model) {
      const middle = launch.fromDay + (days - launch.fromDay) * 0.45;
      return logistic((day - middle) / ((days - launch.fromDay) * 0.1));
    }
    if (model.id === decline.model) {
      const since = day - decline.fromDay;
      return since <= 0 ? 1 : Math.pow(0.5, since / decline.halfLifeDays);
    }
    const begun = Math.min(1, (day - stream.fromDay + 2) / (days * 0.07));
    const rise = stream.fromDay === 0 ? 1 : begun;
    const next = launches.get(model.successor ?? '');
    if (next === undefined || day <= next) return rise;
    return (
      rise * (FLOOR + (1 - FLOOR) * Math.pow(0.5, (day - next) / (days * 0.12)))
    );
  };

  return (stream, day) => {
    if (day < stream.fromDay || day > stream.toDay) return 0;
    const { rhythm } = stream.key;
    const business =
      calendar.businessOf(day, rhythm) * calendar.partOf(day, rhythm);
    if (stream.isFlat) return stream.weight * business;
    const growth = Math.pow(stream.team.growth, day / days);
    return stream.weight * business * growth * lifeOf(stream, day);
  };
}
