import { parseArgs } from 'node:util';
import { playGroups, playMeans, type Coverage } from './intervals';
import { IDEAL_SECONDS, measureOverhead } from './overhead';
import {
  LEVEL,
  playRegressions,
  rate,
  together,
  type Cell,
  type RuleName,
} from './regression';

const line = (text: string) => process.stdout.write(`${text}\n`);

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

const NAMES: Record<RuleName, string> = {
  modelhub: 'modelhub',
  meanDropped: 'mean dropped by more than the margin',
  unpairedZ: 'unpaired z-test',
  unpairedBootstrap: 'unpaired bootstrap',
  pairedPercentile: 'paired percentile bootstrap',
};

/** The cell with the most false alarms. */
const worstOf = (cells: Cell[]) =>
  Math.max(...cells.map(it => rate(it.alarms.modelhub)));

const mean = (values: number[]) =>
  values.reduce((sum, it) => sum + it, 0) / values.length;

function coverages(title: string, rows: Coverage[]) {
  line(`\n${title.padEnd(40)} cases  modelhub  percentile bootstrap`);
  for (const row of rows) {
    line(
      `  ${row.name.padEnd(38)} ${String(row.cases).padStart(5)}  ${percent(
        row.modelhub,
      ).padStart(8)}  ${percent(row.percentile).padStart(20)}`,
    );
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '600' },
      resamples: { type: 'string', default: '500' },
      runs: { type: 'string', default: '3' },
    },
  });
  const rounds = Number(values.rounds);

  const overhead = await measureOverhead(Number(values.runs));
  line(
    `200 cases, 8 at a time, at an endpoint that takes ${IDEAL_SECONDS} s of its own`,
  );
  const taken = (name: string, of: number) =>
    line(
      `  ${name.padEnd(20)} ${of.toFixed(2)} s, ${(of - IDEAL_SECONDS).toFixed(
        2,
      )} s more than the endpoint`,
    );
  taken('bare loop of fetch', overhead.bareLoop);
  taken('modelhub', overhead.modelhub);
  if (overhead.promptfoo) {
    taken('promptfoo, process', overhead.promptfoo);
  } else {
    line('  promptfoo            not here: PROMPTFOO=/path/of/its/command');
  }

  line(
    `\nRegression of a candidate beside the incumbent, at a level of ${percent(
      LEVEL,
    )}; ${rounds} rounds each`,
  );
  line(
    `${'scores'.padEnd(
      32,
    )} cases  alarms if worse by the margin  if equal  found  interval holds`,
  );
  const cells = playRegressions(rounds, Number(values.resamples), cell =>
    line(
      `  ${cell.shape.padEnd(30)} ${String(cell.cases).padStart(5)}  ${percent(
        rate(cell.alarms.modelhub),
      ).padStart(29)}  ${percent(rate(cell.alarmsOfEqual.modelhub)).padStart(
        8,
      )}  ${percent(rate(cell.found.modelhub)).padStart(5)}  ${percent(
        rate(cell.covered),
      ).padStart(14)}`,
    ),
  );
  line(`\n${'all of them, by rule'.padEnd(40)} alarms  if equal  found`);
  const of = (rule: RuleName) => ({
    alarms: together(cells, it => it.alarms[rule]),
    equal: together(cells, it => it.alarmsOfEqual[rule]),
    found: together(cells, it => it.found[rule]),
  });
  for (const rule of Object.keys(NAMES) as RuleName[]) {
    const { alarms, equal, found } = of(rule);
    line(
      `  ${NAMES[rule].padEnd(38)} ${percent(alarms).padStart(6)}  ${percent(
        equal,
      ).padStart(8)}  ${percent(found).padStart(5)}`,
    );
  }

  const means = playMeans(rounds);
  coverages('95 % intervals of means hold it', means);
  const groups = playGroups(rounds);
  coverages('95 % intervals of gaps hold it', groups);

  const added = overhead.modelhub - IDEAL_SECONDS;
  const vsBareLoop = overhead.modelhub / overhead.bareLoop;
  const falseAlarmRate = together(cells, it => it.alarms.modelhub);
  const intervalCoverage = together(cells, it => it.covered);
  if (values.json) {
    const figure = (metric: string, value: number | undefined, unit: string) =>
      value === undefined
        ? []
        : [{ metric, value: Number(value.toFixed(4)), unit }];
    line(
      JSON.stringify({
        name: 'evals',
        figures: [
          ...figure('statedLevel', LEVEL, 'ratio'),
          ...figure('falseAlarmRate', falseAlarmRate, 'ratio'),
          ...figure('falseAlarmRateWorstShape', worstOf(cells), 'ratio'),
          ...figure('falseAlarmRateEqualModels', of('modelhub').equal, 'ratio'),
          ...figure('power', of('modelhub').found, 'ratio'),
          ...figure(
            'power200Cases',
            together(
              cells.filter(it => it.cases === 200),
              it => it.found.modelhub,
            ),
            'ratio',
          ),
          ...figure(
            'falseAlarmRateNaiveMeanDropped',
            of('meanDropped').alarms,
            'ratio',
          ),
          ...figure(
            'falseAlarmRateNaiveMeanDroppedEqualModels',
            of('meanDropped').equal,
            'ratio',
          ),
          ...figure(
            'falseAlarmRateNaivePairedPercentile',
            of('pairedPercentile').alarms,
            'ratio',
          ),
          ...figure('powerNaiveUnpairedZ', of('unpairedZ').found, 'ratio'),
          ...figure(
            'powerNaiveUnpairedBootstrap',
            of('unpairedBootstrap').found,
            'ratio',
          ),
          ...figure('intervalCoverage', intervalCoverage, 'ratio'),
          ...figure(
            'meanIntervalCoverage',
            mean(means.map(it => it.modelhub)),
            'ratio',
          ),
          ...figure(
            'meanIntervalCoverageNaivePercentile',
            mean(means.map(it => it.percentile)),
            'ratio',
          ),
          ...figure(
            'gapCoverage',
            mean(groups.map(it => it.modelhub)),
            'ratio',
          ),
          ...figure(
            'gapCoverageNaivePercentile',
            mean(groups.map(it => it.percentile)),
            'ratio',
          ),
          ...figure('overheadSeconds200Cases', added, 's'),
          ...figure('vsBareLoop', vsBareLoop, 'x'),
          ...figure(
            'vsPromptfoo',
            overhead.promptfoo && overhead.modelhub / overhead.promptfoo,
            'x',
          ),
        ],
      }),
    );
  }
  process.exitCode =
    falseAlarmRate <= LEVEL + 0.005 && intervalCoverage >= 0.94 && added < 10
      ? 0
      : 1;
}

void main();
