import type { Calendar } from '../calendar';
import type { SimulatedTeam } from '../organisation';
import { Random } from '../random';
import type { YearStory } from '../story/types';
import { FINE_TUNES, LABS } from './labs';
import { fineTune, labModel } from './makeModel';
import type { SimulatedModel, SimulatedTask } from './types';

/** Generations of a family, with the part of the year when each came. */
const GENERATIONS = [-0.9, -0.35, 0.3, 0.72];

/** Every model that a laboratory may have. */
const LINES = LABS.flatMap(lab =>
  lab.families.flatMap(family =>
    family.sizes.map(size => ({
      lab,
      family: family.name,
      task: family.task,
      size,
    })),
  ),
);

const MS_OF_HOUR = 3_600_000;
const TUESDAY = 1;

/** Makes models, each once. */
class Workshop {
  readonly models = new Map<string, SimulatedModel>();
  readonly #random: Random;

  constructor(
    readonly options: { seed: string; days: number },
    readonly owners: { open: string; hosted: string },
  ) {
    this.#random = Random.of(options.seed, 'models');
  }

  lab(id: string, launchedOn?: number): SimulatedModel {
    const known = this.models.get(id);
    if (known) return known;
    const { seed, days } = this.options;
    for (const line of LINES) {
      for (const [n, part] of GENERATIONS.entries()) {
        if (id === `${line.lab.name}/${line.family}-${n + 1}-${line.size}`) {
          const model = labModel({
            seed,
            days,
            ...line,
            generation: n + 1,
            owner: line.lab.hosted ? this.owners.hosted : this.owners.open,
            launchedOn:
              launchedOn ??
              Math.round(
                (part + Random.of(seed, line.family, n).between(0, 0.15)) *
                  days,
              ),
          });
          this.models.set(id, model);
          return model;
        }
      }
    }
    throw new Error(`No laboratory has ${id}`);
  }

  tune(
    team: SimulatedTeam,
    name: string,
    task: SimulatedTask,
    base: SimulatedModel,
    launchedOn: number,
  ): SimulatedModel {
    const model = fineTune({
      ...this.options,
      team,
      name,
      task,
      base,
      launchedOn,
    });
    this.models.set(model.id, model);
    return model;
  }

  /** Fills up with laboratories' models and what teams made of them. */
  fill(count: number, teams: SimulatedTeam[]): void {
    const rest = count - this.models.size;
    const lines = this.#random.shuffled(
      LINES.flatMap(({ lab, family, size }) =>
        GENERATIONS.map((_, n) => `${lab.name}/${family}-${n + 1}-${size}`),
      ).filter(id => !this.models.has(id)),
    );
    const wanted = Math.min(lines.length, Math.ceil(rest * 0.4));
    lines.slice(0, wanted).forEach(id => this.lab(id));
    for (let n = 0; this.models.size < count; n++) this.#tuneSome(teams, n);
  }

  #tuneSome(teams: SimulatedTeam[], n: number): void {
    const { days } = this.options;
    const team = teams[n % teams.length];
    const bases = [...this.models.values()].filter(
      it => !it.hosted && it.baseModel === undefined,
    );
    const base = this.#random.pick(bases);
    // Half of what is fine-tuned goes into another task than its base had.
    const task =
      base.task === 'chat' && this.#random.chance(0.5)
        ? this.#random.pick(['summarization', 'text-classification'] as const)
        : base.task;
    const names = FINE_TUNES[task];
    const round = Math.floor(n / teams.length);
    const word = names[round % names.length];
    const name = round < names.length ? word : `${word}-${round}`;
    if (this.models.has(`${team.name}/${name}`)) {
      this.tune(team, `${name}-${n}`, task, base, this.#birthday(base, days));
    } else {
      this.tune(team, name, task, base, this.#birthday(base, days));
    }
  }

  #birthday(base: SimulatedModel, days: number): number {
    const first = Math.max(base.launchedOn, -days / 2);
    return Math.round(this.#random.between(first, days * 0.85));
  }
}

/** Old generations leave where a younger one is there. */
function succeed(
  models: SimulatedModel[],
  told: Set<string>,
  days: number,
): void {
  for (const model of models) {
    const [, family, generation, size] =
      /^(.*)-(\d)-(.*)$/.exec(model.id) ?? [];
    const next = models.find(
      it => it.id === `${family}-${Number(generation) + 1}-${size}`,
    );
    if (next && !told.has(model.id) && !told.has(next.id)) {
      model.successor = next.id;
      const end = next.launchedOn + Math.round(days * 0.25);
      if (end < days) model.deprecatedOn = Math.max(0, end);
    }
  }
}

/** The models, and what will happen to some of them. */
export function makeModels(options: {
  seed: string;
  models: number;
  calendar: Calendar;
  teams: SimulatedTeam[];
}): { models: SimulatedModel[]; story: YearStory } {
  const { seed, calendar } = options;
  const { days } = calendar;
  const [open, hosted] = options.teams;
  const teams = options.teams.filter(it => !it.isPlatform);
  const [first, second, third, fourth] = teams;
  /** So many days of a whole year before the end. */
  const before = (count: number) => Math.round(days - (count * days) / 365);
  const shop = new Workshop(
    { seed, days },
    { open: open.ref, hosted: hosted.ref },
  );

  const steady = shop.lab('basalt/basalt-2-8b-instruct', -90);
  const base = shop.lab('aurora/aurora-2-27b-instruct', -120);
  const old = shop.lab('lumen/lumen-2-pro', -200);
  const successor = shop.lab('lumen/lumen-3-pro', before(200));
  const shaken = shop.lab('northstar/northstar-2-large', -150);
  const creeping = shop.lab('cirrus/cirrus-2-12b', -100);
  const launched = shop.lab('aurora/aurora-4-27b-instruct', before(80));
  const leaving = shop.lab('basalt/basalt-1-70b-instruct', -300);
  const unwanted = shop.lab('quill/quill-legal-1-standard', -200);
  const duplicates = [first, second, third].map((team, n) =>
    shop.tune(team, `complaint-digest`, 'summarization', steady, 20 + 25 * n),
  );
  const drifting = shop.tune(first, 'case-assistant', 'chat', base, -30);
  const slowed = shop.tune(second, 'letter-writer', 'chat', base, -60);
  const abandoned = shop.tune(
    third,
    'minutes-writer',
    'summarization',
    base,
    -50,
  );
  for (const it of [steady, base, launched, drifting, creeping, shaken]) {
    it.versions = [{ name: '1.0', fromDay: it.launchedOn, slowness: 1 }];
  }
  const slowerFrom = before(62);
  slowed.versions = [
    { name: '1.0', fromDay: slowed.launchedOn, slowness: 1 },
    { name: '1.1', fromDay: before(220), slowness: 0.95 },
    { name: '1.2', fromDay: slowerFrom, slowness: 1.8 },
  ];
  old.deprecatedOn = before(180);
  old.successor = successor.id;

  const idle = [unwanted];
  for (let n = 2; n < 10 && idle.length < options.models / 25; n++) {
    const [family, generation] = [
      ['quill/quill-legal', 'quill/quill'][n % 2],
      1 + (Math.floor(n / 2) % GENERATIONS.length),
    ];
    const id = `${family}-${generation}-${n % 2 ? 'short' : 'standard'}`;
    if (!shop.models.has(id)) idle.push(shop.lab(id));
  }
  const told = new Set(shop.models.keys());
  shop.fill(options.models, teams);
  const models = [...shop.models.values()].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  succeed(models, told, days);

  let shock = before(33);
  while (calendar.weekdayOf(shock) !== TUESDAY) shock += 1;
  let pause = before(19);
  while (calendar.weekdayOf(pause) !== TUESDAY) pause += 1;
  const hour = (day: number, hours: number) =>
    calendar.beginOf(day) + hours * MS_OF_HOUR;
  const story: YearStory = {
    drift: { model: drifting.id, fromDay: before(42) },
    slower: {
      model: slowed.id,
      version: '1.2',
      fromDay: slowerFrom,
      factor: 1.8 / 0.95,
    },
    migration: {
      from: old.id,
      to: successor.id,
      deprecatedOn: old.deprecatedOn,
      fromDay: before(170),
      toDay: before(40),
      straggler: fourth.ref,
    },
    duplicates: {
      base: steady.id,
      task: 'summarization',
      models: duplicates.map(it => it.id),
      teams: duplicates.map(it => it.owner),
    },
    outage: {
      provider: shaken.provider,
      models: models
        .filter(it => it.provider === shaken.provider)
        .map(it => it.id),
      from: hour(shock, 12.2),
      to: hour(shock, 15.6),
    },
    gatewayOutage: { from: hour(pause, 9.5), to: hour(pause, 9.95) },
    creepingErrors: { model: creeping.id, fromDay: before(12) },
    idle: idle.map(it => it.id),
    abandoned: { model: abandoned.id, fromDay: before(130) },
    launch: { model: launched.id, fromDay: launched.launchedOn },
    decline: {
      model: leaving.id,
      fromDay: before(150),
      halfLifeDays: days / 8,
    },
    steady: { model: steady.id },
    refused: { team: second.ref, model: shaken.id, fromDay: before(14) },
    adoption: {
      team: third.ref,
      warnFromDay: before(250),
      enforceFromDay: before(190),
    },
    observed: { team: fourth.ref, model: steady.id },
    overBudget: [(teams[4] ?? third).ref, teams[teams.length - 1].ref],
  };
  third.modes = [
    { fromDay: 0, mode: 'observe' },
    { fromDay: story.adoption.warnFromDay, mode: 'warn' },
    { fromDay: story.adoption.enforceFromDay, mode: 'enforce' },
  ];
  fourth.modes = [{ fromDay: 0, mode: 'observe' }];
  return { models, story };
}
