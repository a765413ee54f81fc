import { Random } from '../random';
import type { Lab } from './labs';
import type { SimulatedModel, SimulatedTask, SimulatedVersion } from './types';

/** What a size in a name says. */
const SIZES: Record<string, { billions?: number; price: number }> = {
  pro: { price: 1 },
  large: { price: 1 },
  long: { price: 1 },
  standard: { price: 0.6 },
  small: { price: 0.12 },
  mini: { price: 0.1 },
  short: { price: 0.4 },
  base: { billions: 0.6, price: 0.15 },
  '3b-instruct': { billions: 3.2, price: 0.3 },
  '7b': { billions: 7.1, price: 0.6 },
  '8b-instruct': { billions: 8, price: 0.7 },
  '12b': { billions: 12.2, price: 0.9 },
  '14b': { billions: 14.7, price: 1 },
  '27b-instruct': { billions: 27.4, price: 1.6 },
  '70b-instruct': { billions: 70.6, price: 3 },
};

export const titleOf = (name: string) =>
  name
    .split('-')
    .map(word => word[0].toUpperCase() + word.slice(1))
    .join(' ');

const round = (amount: number) => Number(amount.toPrecision(2));

/** A list of versions that replace each other, the last one before the year's end. */
export function versionsOf(
  random: Random,
  days: number,
  launchedOn: number,
): SimulatedVersion[] {
  const versions = [{ name: '1.0', fromDay: launchedOn, slowness: 1 }];
  let day = launchedOn;
  for (;;) {
    day += Math.round(random.between(0.2, 0.6) * days);
    if (day > days * 0.94) return versions;
    const name = `1.${versions.length}`;
    versions.push({ name, fromDay: day, slowness: random.between(0.85, 1.02) });
  }
}

/** Milliseconds, by the size of a model. */
function speedOf(
  random: Random,
  task: SimulatedTask,
  billions: number,
): SimulatedModel['speed'] {
  const factor = random.between(0.85, 1.2);
  if (task === 'automatic-speech-recognition') {
    return { firstTokenMs: 1900 * factor, perTokenMs: 0 };
  }
  return {
    firstTokenMs: (60 + 7 * Math.sqrt(billions) * 8) * factor,
    perTokenMs: (4 + 2.4 * Math.sqrt(billions)) * factor,
  };
}

/** A model of a laboratory or provider. */
export function labModel(options: {
  seed: string;
  days: number;
  lab: Lab;
  family: string;
  task: SimulatedTask;
  generation: number;
  size: string;
  owner: string;
  launchedOn: number;
}): SimulatedModel {
  const { seed, days, lab, task, size, launchedOn } = options;
  const name = `${options.family}-${options.generation}-${size}`;
  const id = `${lab.name}/${name}`;
  const random = Random.of(seed, 'model', id);
  const { billions, price } = SIZES[size];
  const inputPerMTok = round(lab.price.input * price);
  const outputPerMTok = round(lab.price.output * price);
  return {
    id,
    ref: `model:${id}`,
    namespace: lab.name,
    name,
    title: titleOf(name),
    description: lab.hosted
      ? `A hosted model of the made-up provider ${titleOf(lab.name)}.`
      : `An open model of the made-up laboratory ${titleOf(lab.name)}.`,
    task,
    owner: options.owner,
    provider: lab.name,
    hosted: lab.hosted,
    license: lab.license,
    languages: ['en', 'de', 'fr', 'es', 'it'].slice(0, 2 + random.below(4)),
    parameters: billions && Math.round(billions * 1e9),
    pricing:
      task === 'automatic-speech-recognition'
        ? undefined
        : {
            inputPerMTok,
            outputPerMTok,
            ...(lab.hosted && { cachedInputPerMTok: round(inputPerMTok / 4) }),
            currency: lab.price.currency,
          },
    versions: versionsOf(random, days, launchedOn),
    launchedOn,
    speed: speedOf(random, task, billions ?? (price >= 0.5 ? 60 : 12)),
    popularity: random.logNormal(1, 0.8),
  };
}

/** What a team made of an open model, on its own data. */
export function fineTune(options: {
  seed: string;
  days: number;
  team: { name: string; ref: string; title: string };
  name: string;
  task: SimulatedTask;
  base: SimulatedModel;
  launchedOn: number;
}): SimulatedModel {
  const { seed, days, team, name, task, base, launchedOn } = options;
  const id = `${team.name}/${name}`;
  const random = Random.of(seed, 'model', id);
  const billions = (base.parameters ?? 7e9) / 1e9;
  return {
    id,
    ref: `model:${id}`,
    namespace: team.name,
    name,
    title: `${team.title}: ${titleOf(name)}`,
    description: `${base.title}, fine-tuned by ${team.title} on data of its own.`,
    task,
    owner: team.ref,
    provider: 'acme',
    hosted: false,
    baseModel: base.id,
    license: base.license,
    languages: base.languages.slice(0, 2),
    parameters: base.parameters,
    pricing: base.pricing && { ...base.pricing },
    versions: versionsOf(random, days, launchedOn),
    launchedOn,
    speed: speedOf(random, task, billions),
    popularity: random.logNormal(1, 0.6),
  };
}
