import type {
  Objective,
  ObjectivePerformance,
} from '@modelhub/backstage-plugin-models-common';
import {
  shareUnit,
  TimeSeriesFigure,
  type ChartUnit,
} from '@modelhub/backstage-plugin-models-react';
import { eventsText, leftText, timesText } from './words';

const short = (value: number) => `${Number(value.toFixed(1))}×`;

/** How many times as fast as allowed. */
const burnUnit: ChartUnit = {
  text: short,
  figure: short,
  short,
  name: 'times as fast as it may',
  adds: false,
};

/** The error budget day by day, and how fast it burnt hour by hour. */
export function ObjectiveFigures(props: {
  objective: Objective;
  performance: ObjectivePerformance;
}) {
  const { objective, performance } = props;
  const { days, hours } = performance;
  const worst = hours.reduce((a, b) => (b.burn > a.burn ? b : a));
  const last = [...days].reverse().find(it => it.budgetLeft !== undefined);
  const burnt = hours.filter(({ events }) => events > 0);
  return (
    <>
      <TimeSeriesFigure
        id="objective-budget"
        title="Error budget left"
        step="day"
        unit={shareUnit}
        description={
          last
            ? `Of the window that ends with each day, true to a day. At the end: ${leftText(
                last.budgetLeft,
              ).toLowerCase()}. Below 0 % the objective is missed.`
            : undefined
        }
        series={[{ id: 'left', label: 'Error budget left', as: 'area' }]}
        lines={[{ label: 'Missed below', value: 0 }]}
        points={days.map(({ day, budgetLeft }) => ({
          at: day,
          values: { left: budgetLeft },
        }))}
        empty={`Nothing was counted in ${objective.windowDays} days.`}
      />
      <TimeSeriesFigure
        id="objective-burn"
        title="How fast it burnt"
        step="hour"
        unit={burnUnit}
        description={
          burnt.length > 0
            ? `Hour by hour over three days, UTC. ${
                worst.burn > 0
                  ? `Fastest: ${timesText(
                      worst.burn,
                    )} as fast as it may (${worst.at
                      .slice(0, 16)
                      .replace('T', ' ')}, ${eventsText(
                      worst.events,
                      worst.good,
                    )}).`
                  : 'It did not burn.'
              }`
            : undefined
        }
        series={[{ id: 'burn', label: 'Burn rate', as: 'bar' }]}
        lines={[{ label: 'As fast as it may', value: 1 }]}
        points={hours.map(({ at, burn, events }) => ({
          at,
          values: { burn: events > 0 ? burn : undefined },
        }))}
        empty="Nothing was counted in three days."
      />
    </>
  );
}
