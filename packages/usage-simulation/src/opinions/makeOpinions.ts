import type { SimulatedModel } from '../models';
import type { SimulatedPerson, SimulatedTeam } from '../organisation';
import { Random } from '../random';
import type { SimulatedYear } from '../simulateYear';
import {
  DRIFT_LIMIT,
  LIMITS,
  QUESTIONS,
  REPLIES,
  SLOWER_LIMIT,
  TIPS,
  USE_CASES,
  WORKED,
} from './texts';
import type { Opinions } from './types';

/** Parts of the teams that call a model whose people say something of it. */
const SPEAKING = { review: 0.6, tip: 0.2, question: 0.15 };

/** Most reviews of one model. */
const MOST_REVIEWS = 9;

const stars = (value: number) => Math.min(5, Math.max(1, Math.round(value)));

/** Says what people who call models say about them. */
class Opinionated {
  readonly said: Opinions = { reviews: [], tips: [], questions: [] };
  readonly #teams: Map<string, SimulatedTeam>;

  constructor(readonly year: SimulatedYear) {
    this.#teams = new Map(year.teams.map(it => [it.ref, it]));
  }

  about(model: SimulatedModel, callers: SimulatedTeam[]): void {
    const random = Random.of(this.year.options.seed, 'opinions', model.id);
    const owners = this.#teams.get(model.owner)?.people ?? [];
    const others = callers.filter(it => it.ref !== model.owner);
    const quality = random.between(2.6, 4.8);
    for (const team of others.slice(0, MOST_REVIEWS)) {
      const crowd = random.shuffled(
        others.filter(it => it !== team).flatMap(it => it.people),
      );
      const speaker = random.pick(team.people);
      if (random.chance(SPEAKING.review)) {
        this.#review(model, speaker, { random, owners, crowd, quality });
      }
      if (random.chance(SPEAKING.tip)) {
        this.said.tips.push({
          author: random.pick(team.people).ref,
          entityRef: model.ref,
          ...random.pick(TIPS),
          helpful: crowd.slice(0, random.below(4)).map(it => it.ref),
        });
      }
      if (random.chance(SPEAKING.question)) {
        this.#ask(model, random.pick(team.people), { random, owners });
      }
    }
  }

  #review(
    model: SimulatedModel,
    author: SimulatedPerson,
    about: {
      random: Random;
      owners: SimulatedPerson[];
      crowd: SimulatedPerson[];
      quality: number;
    },
  ): void {
    const { random, owners, crowd, quality } = about;
    const { story, calendar } = this.year;
    const versions = model.versions.filter(it => it.fromDay < calendar.days);
    const version = random.chance(0.75)
      ? versions[versions.length - 1]
      : random.pick(versions);
    const isSlower =
      model.id === story.slower.model && version.name === story.slower.version;
    const hasDrifted = model.id === story.drift.model;
    const price = model.pricing?.outputPerMTok ?? 0;
    this.said.reviews.push({
      author: author.ref,
      entityRef: model.ref,
      modelVersion: version.name,
      stars: {
        quality: stars(
          quality - (hasDrifted ? 1.2 : 0) + 0.7 * random.normal(),
        ),
        speed: isSlower
          ? stars(1.6 + 0.4 * random.normal())
          : stars(
              5.4 -
                Math.log(2 + model.speed.perTokenMs) +
                0.5 * random.normal(),
            ),
        cost: stars(4.8 - Math.log(1 + price) + 0.5 * random.normal()),
        ease: stars(4 + 0.7 * random.normal()),
      },
      useCase: random.pick(USE_CASES[model.task]),
      whatWorked: random.pick(WORKED),
      limitations: this.#limitOf(model, version.name) ?? random.pick(LIMITS),
      helpful: crowd.slice(0, random.below(5)).map(it => it.ref),
      reply:
        owners.length > 0 && random.chance(0.25)
          ? { author: owners[0].ref, text: random.pick(REPLIES) }
          : undefined,
    });
  }

  /** What the year did to a model shows in what people say. */
  #limitOf(model: SimulatedModel, version: string): string | undefined {
    const { drift, slower } = this.year.story;
    if (model.id === slower.model && version === slower.version) {
      return SLOWER_LIMIT;
    }
    return model.id === drift.model ? DRIFT_LIMIT : undefined;
  }

  #ask(
    model: SimulatedModel,
    author: SimulatedPerson,
    about: { random: Random; owners: SimulatedPerson[] },
  ): void {
    const { random, owners } = about;
    const { title, body, answer } = random.pick(QUESTIONS);
    this.said.questions.push({
      author: author.ref,
      entityRef: model.ref,
      title,
      body,
      answer:
        owners.length > 0 && random.chance(0.7)
          ? {
              author: random.pick(owners).ref,
              text: answer,
              isAccepted: random.chance(0.6),
            }
          : undefined,
    });
  }
}

/**
 * What people say about the models that their teams called in the last months:
 * some hundred reviews, tips, questions and answers, always the same for a year.
 *
 * @public
 */
export function makeOpinions(year: SimulatedYear): Opinions {
  const { plan, models } = year;
  const recent = Math.max(0, plan.days - 60);
  const callers = new Map<string, Set<SimulatedTeam>>();
  for (const { index, model, team, kind } of plan.streams) {
    let calls = 0;
    for (let day = recent; day < plan.days; day++) {
      calls += plan.callsOf(index, day);
    }
    if (calls > 0 && kind !== 'refused') {
      const teams = callers.get(model.id) ?? new Set();
      callers.set(model.id, teams.add(team));
    }
  }
  const opinionated = new Opinionated(year);
  for (const model of models) {
    opinionated.about(model, [...(callers.get(model.id) ?? [])]);
  }
  return opinionated.said;
}
