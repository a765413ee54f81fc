import fs from 'node:fs';
import path from 'node:path';
import { simulateYear, YEAR_SIZES, type SimulatedYear } from '../simulateYear';
import type { GatewayIdentity } from './sendCalls';

/** A size of `--demo-year`. */
export type YearSize = keyof typeof YEAR_SIZES;

/** What a run has to know of the ones before it. */
export interface YearState {
  size: YearSize;
  seed: string;
  /** ISO 8601: the end of the year. It stays, so that the calls stay the same. */
  until: string;
  /** Ids of the portal's keys, by the simulation's names. */
  keyIds?: Record<string, string>;
  identity?: GatewayIdentity;
  /** Slices that the portal has. */
  slices: number;
  /** Further steps that are done. */
  done: string[];
}

/** The folder that remembers a simulated year and how far the portal has it. */
export class YearFolder {
  /** The year of a folder, if there is one. */
  static find(folder: string): YearFolder | undefined {
    const file = path.join(folder, 'year.json');
    if (!fs.existsSync(file)) return undefined;
    return new YearFolder(
      folder,
      JSON.parse(fs.readFileSync(file, 'utf8')) as YearState,
    );
  }

  /**
   * The year of a folder, begun if there is none.
   *
   * @throws Error when there is one of another size
   */
  static open(folder: string, size: YearSize, now: Date): YearFolder {
    const known = YearFolder.find(folder);
    if (known) {
      if (known.state.size !== size) {
        throw new Error(
          `The demo holds a ${known.state.size} simulated year already. Go on with it: npm start -- --demo-year=${known.state.size}   or remove it with everything else first: npm start -- --reset --demo-year=${size}`,
        );
      }
      return known;
    }
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const year = new YearFolder(folder, {
      size,
      seed: 'acme',
      until: new Date(
        Math.floor(now.getTime() / 60_000) * 60_000,
      ).toISOString(),
      slices: 0,
      done: [],
    });
    year.save({});
    return year;
  }

  readonly #folder: string;
  #state: YearState;

  private constructor(folder: string, state: YearState) {
    this.#folder = folder;
    this.#state = state;
  }

  get state(): YearState {
    return this.#state;
  }

  simulate(): SimulatedYear {
    const { size, seed, until, keyIds } = this.#state;
    return simulateYear({
      ...YEAR_SIZES[size],
      seed,
      until: new Date(until),
      keyIds,
    });
  }

  save(changes: Partial<YearState>): void {
    this.#state = { ...this.#state, ...changes };
    const file = path.join(this.#folder, 'year.json');
    // Whole or not at all: a run may be ended at any time.
    fs.writeFileSync(
      `${file}.new`,
      `${JSON.stringify(this.#state, undefined, 2)}\n`,
      { mode: 0o600 },
    );
    fs.renameSync(`${file}.new`, file);
  }

  /** Does something unless an earlier run did. */
  async once(step: string, work: () => Promise<void>): Promise<void> {
    if (this.#state.done.includes(step)) return;
    await work();
    this.save({ done: [...this.#state.done, step] });
  }

  write(name: string, text: string): string {
    const file = path.join(this.#folder, name);
    fs.writeFileSync(file, text, { mode: 0o600 });
    return file;
  }
}
