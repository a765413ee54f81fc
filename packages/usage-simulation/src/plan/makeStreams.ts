import type { SimulatedModel, SimulatedTask } from '../models';
import type { SimulatedKey, SimulatedTeam } from '../organisation';
import { Random } from '../random';
import type { YearStory } from '../story';
import type { Stream } from './types';

/** What a service asks models to do, by the name of its key. */
const TASKS_OF: Record<string, SimulatedTask[]> = {
  chat: ['chat'],
  'reply-drafts': ['chat', 'summarization'],
  'voice-desk': ['automatic-speech-recognition', 'summarization'],
  summaries: ['summarization'],
  'feedback-miner': ['text-classification', 'feature-extraction'],
  'document-intake': ['text-classification', 'chat'],
  router: ['text-classification'],
  'archive-indexer': ['feature-extraction'],
  'text-review': ['chat'],
  'code-review': ['code'],
  search: ['feature-extraction', 'text-ranking'],
  recommendations: ['feature-extraction', 'text-ranking'],
  help: ['chat', 'text-ranking'],
};

const ANY_TASK: SimulatedTask[] = ['chat', 'summarization', 'code'];

const tasksOf = (team: SimulatedTeam, key: SimulatedKey): SimulatedTask[] =>
  TASKS_OF[key.id.slice(team.name.length + 1)] ?? ANY_TASK;

interface Caller {
  team: SimulatedTeam;
  key: SimulatedKey;
}

/** Collects who calls what. */
class Streams {
  readonly list: Stream[] = [];
  readonly #taken = new Set<string>();

  constructor(readonly seed: string, readonly days: number) {}

  add(
    { team, key }: Caller,
    model: SimulatedModel,
    fields: Partial<Stream> = {},
  ): Stream | undefined {
    const name = `${key.id} ${model.id}`;
    if (this.#taken.has(name)) return undefined;
    this.#taken.add(name);
    const random = Random.of(this.seed, 'stream', name);
    const pinned =
      model.versions.length > 1 && random.chance(0.12)
        ? model.versions[0].name
        : undefined;
    const stream: Stream = {
      index: this.list.length,
      team,
      key,
      model,
      weight: team.size * model.popularity * random.logNormal(1, 0.6),
      kind: 'use',
      isFlat: false,
      fromDay: Math.max(0, team.joinedOn, model.launchedOn),
      toDay: this.days - 1,
      pinned,
      cacheHits: random.chance(0.2) ? random.between(0.02, 0.15) : 0,
      cachedInput:
        model.pricing?.cachedInputPerMTok !== undefined && random.chance(0.4)
          ? random.between(0.2, 0.7)
          : 0,
      promptFactor: random.logNormal(1, 0.25),
      ...fields,
    };
    this.list.push(stream);
    return stream;
  }
}

/** Who calls what over the year: first what the story tells, then everybody else. */
export function makeStreams(options: {
  seed: string;
  days: number;
  teams: SimulatedTeam[];
  models: SimulatedModel[];
  story: YearStory;
}): Stream[] {
  const { seed, days, teams, models, story } = options;
  const streams = new Streams(seed, days);
  const random = Random.of(seed, 'who calls what');
  const modelOf = new Map(models.map(it => [it.id, it]));
  const find = (id: string) => {
    const model = modelOf.get(id);
    if (!model) throw new Error(`There is no model ${id}`);
    return model;
  };
  const callers: Caller[] = teams.flatMap(team =>
    team.keys.map(key => ({ team, key })),
  );
  const others = callers.filter(it => !it.team.isPlatform);
  const early = others.filter(it => it.team.joinedOn === 0);
  const ofTeam = (ref: string) => others.filter(it => it.team.ref === ref);

  // ---- what the story tells
  const plain = { pinned: undefined, cacheHits: 0 };
  const strong = { ...plain, weight: 4 };
  const [observer] = ofTeam(story.observed.team);
  streams.add(observer, find(story.observed.model), {
    ...plain,
    weight: 1,
    kind: 'uncovered',
    isFlat: true,
  });
  for (const caller of early.slice(0, 3)) {
    streams.add(caller, find(story.steady.model), { ...strong, isFlat: true });
  }
  story.duplicates.models.forEach((id, n) => {
    const own = ofTeam(story.duplicates.teams[n]);
    streams.add(own[0], find(id), { ...plain, weight: 2 });
  });
  const drifting = find(story.drift.model);
  ofTeam(drifting.owner).forEach(caller =>
    streams.add(caller, drifting, { ...strong, isFlat: true, promptFactor: 1 }),
  );
  const slower = find(story.slower.model);
  ofTeam(slower.owner).forEach(caller => streams.add(caller, slower, strong));
  const abandoned = find(story.abandoned.model);
  streams.add(ofTeam(abandoned.owner)[0], abandoned, {
    ...plain,
    weight: 1.5,
    toDay: story.abandoned.fromDay - 1,
  });
  const refused = ofTeam(story.refused.team);
  streams.add(refused[refused.length - 1], find(story.refused.model), {
    weight: 12,
    kind: 'refused',
    isFlat: true,
    fromDay: story.refused.fromDay,
  });
  const [leaving, next] = [
    find(story.migration.from),
    find(story.migration.to),
  ];
  const movers = random.shuffled(early).slice(0, 12);
  for (const caller of [
    ...ofTeam(story.migration.straggler).slice(0, 1),
    ...movers,
  ]) {
    const fields = { ...plain, weight: 1.5 * random.logNormal(1, 0.4) };
    if (streams.add(caller, leaving, fields)) {
      if (caller.team.ref === story.migration.straggler) continue;
      streams.add(caller, next, fields);
    }
  }
  for (const id of [
    story.decline.model,
    story.creepingErrors.model,
    story.refused.model,
  ]) {
    for (const caller of random.shuffled(early).slice(0, 4)) {
      streams.add(caller, find(id), { ...plain, weight: 4 });
    }
  }
  for (const caller of others) {
    if (random.chance(0.5)) {
      streams.add(caller, find(story.launch.model), {
        ...plain,
        weight: 1.6 * caller.team.size * random.logNormal(1, 0.5),
      });
    }
  }

  // ---- everybody else
  const told = new Set([
    ...story.idle,
    ...story.duplicates.models,
    story.drift.model,
    story.slower.model,
    story.abandoned.model,
    story.steady.model,
    story.launch.model,
    story.decline.model,
    story.creepingErrors.model,
    story.migration.from,
    story.migration.to,
  ]);
  const free = models.filter(it => !told.has(it.id));
  for (const caller of callers) {
    const { team, key } = caller;
    const tasks = tasksOf(team, key);
    const fitting = free.filter(
      it =>
        tasks.includes(it.task) &&
        (it.baseModel === undefined ||
          it.owner === team.ref ||
          random.chance(0.03)),
    );
    const sums = fitting.map(() => 0);
    fitting.reduce((sum, it, n) => {
      sums[n] = sum + it.popularity * (it.owner === team.ref ? 6 : 1);
      return sums[n];
    }, 0);
    const count = fitting.length === 0 ? 0 : 2 + random.below(5);
    for (let n = 0; n < count; n++) {
      streams.add(caller, fitting[random.placeIn(sums)]);
    }
  }
  const called = new Set(streams.list.map(it => it.model.id));
  for (const model of free) {
    if (!called.has(model.id)) {
      const own = ofTeam(model.owner);
      const caller = random.pick(own.length > 0 ? own : early);
      streams.add(caller, model, {
        fromDay: Math.max(0, model.launchedOn, caller.team.joinedOn),
      });
    }
  }
  return streams.list;
}
