import { setTimeout as delay } from 'node:timers/promises';
import path from 'node:path';
import type { Ingested, Permit, StreamEvent } from './judge';
import { linesOf } from './linesOf';
import type { Ask, Plane } from './Plane';
import { Program, freePort } from './Program';
import { ASKED, MODELS, SECRET, anyOf } from './world';

/**
 * A control plane of one small program without a database: up again in no time,
 * for many seeds in a row.
 */
export class LightPlane implements Plane {
  static async create(folder: string): Promise<LightPlane> {
    const port = await freePort();
    return new LightPlane(
      folder,
      new Program('control-plane', port, folder, [
        path.join(__dirname, 'controlPlane.ts'),
        folder,
        String(port),
      ]),
    );
  }

  readonly enrolmentTokens = {
    'gateway-1': 'invitation',
    'gateway-2': 'invitation',
    'gateway-3': 'invitation',
  };
  readonly providers = [MODELS.sometimes[0], 'acme/*'];
  readonly revocationMs = 2_000;
  readonly maxAgeMs = 10_000;
  readonly programs: readonly Program[];
  readonly urls: readonly string[];
  readonly #folder: string;
  readonly #program: Program;
  readonly #permits: Permit[] = [
    { what: MODELS.always, from: 0, to: Infinity },
    { what: 'the key', from: 0, to: Infinity },
  ];

  private constructor(folder: string, program: Program) {
    this.#folder = folder;
    this.#program = program;
    this.programs = [program];
    this.urls = [`http://127.0.0.1:${program.port}`];
  }

  async start(): Promise<void> {
    this.#program.start();
  }

  async mayKill(): Promise<boolean> {
    return true;
  }

  ask(): Ask {
    return { model: anyOf(ASKED), secret: SECRET, credential: 'the key' };
  }

  /** Leaves out what the control plane did not answer. */
  async act(end: number, random: () => number): Promise<number> {
    const open = new Map<string, Permit>();
    let count = 0;
    while (Date.now() < end) {
      const { sometimes } = MODELS;
      const model = sometimes[Math.floor(random() * sometimes.length)];
      const before = open.get(model);
      if (!before) {
        // Approved from the moment of asking, whether or not the answer comes.
        const permit = { what: model, from: Date.now(), to: Infinity };
        this.#permits.push(permit);
        open.set(model, permit);
      }
      const done = await this.#toggle(model, !before);
      if (done && before) {
        before.to = Date.now();
        open.delete(model);
      }
      count += Number(done);
      await delay(300 + random() * 900);
    }
    return count;
  }

  async settle(): Promise<string[]> {
    return [];
  }

  async evidence() {
    return {
      permits: this.#permits,
      streams: linesOf<StreamEvent>(path.join(this.#folder, 'streams.ndjson')),
      ingested: linesOf<Ingested>(path.join(this.#folder, 'usage.ndjson')),
    };
  }

  async findings(): Promise<string[]> {
    return [];
  }

  async close(): Promise<void> {}

  async #toggle(model: string, on: boolean): Promise<boolean> {
    try {
      const answer = await fetch(`${this.urls[0]}/__toggle`, {
        method: 'POST',
        body: JSON.stringify({ model, on }),
        signal: AbortSignal.timeout(2_000),
      });
      await answer.text();
      return answer.ok;
    } catch {
      return false;
    }
  }
}
