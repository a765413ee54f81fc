import type { UsageRecord } from '@modelhub/governance-protocol';
import { emptyFact, Sketch, SUMS, type UsageFact } from '../rollups';

/** How long answers of one version took in one minute. */
export interface Times {
  latency: Sketch;
  ttft: Sketch;
}

export const noTimes = (): Times => ({
  latency: new Sketch(),
  ttft: new Sketch(),
});

/** What the records of one minute add up to that have all names in common. */
export interface Tally {
  /** Without how long answers took, which all tallies of a version share. */
  fact: UsageFact;
  /** Whether the gateway knew the model. */
  isKnown: boolean;
  keyId: string;
  /** Entity ref of the owner of the key, or nothing. */
  owner: string;
  purpose: string;
  /** Whether an approval let them through. */
  isGranted: boolean;
  /** No provider was asked, and no cache answered. */
  refused: number;
  /** Of those that were not refused. */
  spentMicros: number;
  /** Milliseconds since 1970: the latest begin. */
  lastAt: number;
}

/** The names by which tallies are told apart. */
export interface TallyNames
  extends Pick<
    UsageRecord,
    'keyId' | 'model' | 'profile' | 'purpose' | 'tier'
  > {
  version: string;
  owner: string;
  currency: string;
  /** Milliseconds since 1970. */
  minute: number;
  isGranted: boolean;
  isKnown: boolean;
}

export const namesOfTally = ({ fact, ...it }: Tally): TallyNames => ({
  keyId: it.keyId,
  model: fact.model,
  profile: fact.profile,
  purpose: it.purpose,
  tier: fact.tier as UsageRecord['tier'],
  version: fact.version,
  owner: it.owner,
  currency: fact.currency,
  minute: fact.at,
  isGranted: it.isGranted,
  isKnown: it.isKnown,
});

/** Of those of one minute, key and model. */
const isTallyOf = (it: Tally, names: TallyNames): boolean =>
  it.isGranted === names.isGranted &&
  it.isKnown === names.isKnown &&
  it.fact.version === names.version &&
  it.fact.profile === names.profile &&
  it.fact.currency === names.currency &&
  it.fact.tier === names.tier &&
  it.purpose === names.purpose &&
  it.owner === names.owner;

/** Adds one to another of the same names. */
export function addTally(sum: Tally, it: Tally): void {
  for (const name of SUMS) sum.fact[name] += it.fact[name];
  sum.refused += it.refused;
  sum.spentMicros += it.spentMicros;
  if (it.lastAt > sum.lastAt) sum.lastAt = it.lastAt;
}

/** A tally as JSON has it: names, then numbers, then sums in the order of `SUMS`. */
export type TallyRow = [
  keyId: string,
  owner: string,
  model: string,
  version: string,
  profile: string,
  purpose: string,
  tier: UsageRecord['tier'],
  currency: string,
  isGranted: 0 | 1,
  isKnown: 0 | 1,
  minute: number,
  lastAt: number,
  refused: number,
  spentMicros: number,
  ...sums: number[],
];

export const rowOfTally = (it: Tally): TallyRow => [
  it.keyId,
  it.owner,
  it.fact.model,
  it.fact.version,
  it.fact.profile,
  it.purpose,
  it.fact.tier as UsageRecord['tier'],
  it.fact.currency,
  it.isGranted ? 1 : 0,
  it.isKnown ? 1 : 0,
  it.fact.at,
  it.lastAt,
  it.refused,
  it.spentMicros,
  ...SUMS.map(name => it.fact[name]),
];

export function tallyOfRow(row: TallyRow): Tally {
  const [keyId, owner, model, version, profile, purpose, tier, currency] = row;
  const [isGranted, isKnown, minute, lastAt, refused, spentMicros] = row.slice(
    8,
  ) as number[];
  const fact = emptyFact(
    { model, version, profile, tier, currency, team: owner },
    minute,
  );
  const sums = row.slice(14) as number[];
  SUMS.forEach((name, n) => {
    fact[name] = sums[n];
  });
  return {
    fact,
    isKnown: isKnown === 1,
    keyId,
    owner,
    purpose,
    isGranted: isGranted === 1,
    refused,
    spentMicros,
    lastAt,
  };
}

/** Maps in a map: what is not there yet is made. */
function within<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = create();
    map.set(key, value);
  }
  return value;
}

/** By minute, key and model: three short names are quicker than one of all. */
export class TallyBook {
  readonly #byMinute = new Map<number, Map<string, Map<string, Tally[]>>>();
  readonly #all: Tally[] = [];

  all(): readonly Tally[] {
    return this.#all;
  }

  find(names: TallyNames): Tally | undefined {
    return this.#byMinute
      .get(names.minute)
      ?.get(names.keyId)
      ?.get(names.model)
      ?.find(it => isTallyOf(it, names));
  }

  add(tally: Tally): void {
    const { keyId, fact } = tally;
    const byKey = within(this.#byMinute, fact.at, () => new Map());
    const byModel = within(byKey, keyId, () => new Map<string, Tally[]>());
    within(byModel, fact.model, (): Tally[] => []).push(tally);
    this.#all.push(tally);
  }
}
