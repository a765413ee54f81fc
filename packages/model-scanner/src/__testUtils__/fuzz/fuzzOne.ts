import { scanSource } from '../../scanSource';
import { MemorySource } from '../../source';
import { Chance } from './Chance';
import { mutate } from './mutate';
import { SEEDS } from './seeds';

/** What a small machine would allow, so that a bomb is a bomb soon. */
const LIMITS = {
  maxHeldBytes: 1024 * 1024,
  maxUnpackedBytes: 8 * 1024 * 1024,
  maxMembers: 1000,
};

/** The same input for the same numbers. */
export function inputOf(seed: number, index: number) {
  const chance = new Chance(seed, index);
  const { name, bytes } = chance.of(SEEDS);
  const other = chance.of(SEEDS);
  return {
    // Other names lead to other readers.
    name: chance.below(8) === 0 ? other.name : name,
    bytes: mutate(bytes, other.bytes, chance),
  };
}

/**
 * Scans one input; returns what is wrong with how the scanner took it: what a
 * file holds must come out as a finding of the format, never as a failure.
 */
export async function fuzzOne(
  seed: number,
  index: number,
): Promise<string | undefined> {
  const { name, bytes } = inputOf(seed, index);
  try {
    const report = await scanSource(new MemorySource(name, bytes), {
      limits: LIMITS,
    });
    const failure = report.findings.find(({ rule }) => rule === 'unreadable');
    if (failure) {
      return `${name}: ${failure.location} could not be read: ${failure.message}`;
    }
    if (report.sizeBytes !== bytes.length || !report.sha256) {
      return `${name}: it was not read to its end`;
    }
    return undefined;
  } catch (error) {
    return `${name}: ${(error as Error).stack}`;
  }
}
