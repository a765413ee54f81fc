import fs from 'node:fs';
import path from 'node:path';

/** Larger files are none of a small demo. */
const LONGEST_HEADER = 64 * 1024;
const MODEL_TYPE = 'ticket-router';

interface Config {
  model_type: string;
  hash_buckets: number;
  /** Letters in a row of `<word>` that are looked at beside the whole word. */
  character_grams?: number;
  id2label: Record<string, string>;
}

/** The numbers of a tensor of 32-bit floats in a safetensors file. */
function tensor(bytes: Buffer, name: string, shape: number[]): Float32Array {
  const length = bytes.length >= 8 ? Number(bytes.readBigUInt64LE(0)) : 0;
  if (length < 2 || length > LONGEST_HEADER || 8 + length > bytes.length) {
    throw new Error('it is no safetensors file');
  }
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length));
  const found = header[name];
  const wanted = JSON.stringify(shape);
  if (found?.dtype !== 'F32' || JSON.stringify(found.shape) !== wanted) {
    throw new Error(`it has no tensor '${name}' of F32 ${wanted}`);
  }
  const data = bytes.subarray(8 + length);
  const count = shape.reduce((product, size) => product * size, 1);
  const [start, end] = found.data_offsets;
  if (end - start !== count * 4 || !(start >= 0) || end > data.length) {
    throw new Error(`tensor '${name}' does not lie within the file`);
  }
  return Float32Array.from({ length: count }, (_, index) =>
    data.readFloatLE(start + index * 4),
  );
}

/** 32-bit FNV-1a over UTF-16 code units. */
function hashOf(token: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < token.length; index++) {
    hash = Math.imul(hash ^ token.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}

function tokensOf(text: string, length: number | undefined): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (!length) {
    return words;
  }
  return words.flatMap(word => {
    const whole = `<${word}>`;
    const tokens = [whole];
    for (let at = 0; at + length <= whole.length; at++) {
      tokens.push(whole.slice(at, at + length));
    }
    return tokens;
  });
}

/**
 * A linear classifier over hashed words, as `train.mjs` beside its weights
 * makes it: a real model that is small enough to run anywhere.
 */
export class TicketRouter {
  readonly #config: Config;
  readonly #labels: string[];
  readonly #weights: Float32Array;
  readonly #bias: Float32Array;

  private constructor(
    config: Config,
    weights: Float32Array,
    bias: Float32Array,
  ) {
    this.#config = config;
    this.#labels = Object.values(config.id2label);
    this.#weights = weights;
    this.#bias = bias;
  }

  /**
   * Reads `config.json` and `model.safetensors`; undefined where the folder
   * holds no ticket router.
   *
   * @throws Error that names the file, where the weights do not fit
   */
  static read(folder: string): TicketRouter | undefined {
    const configFile = path.join(folder, 'config.json');
    if (!fs.existsSync(configFile)) {
      return undefined;
    }
    const config: Config = JSON.parse(fs.readFileSync(configFile, 'utf8'));
    if (config.model_type !== MODEL_TYPE) {
      return undefined;
    }
    const file = path.join(folder, 'model.safetensors');
    const rows = Object.keys(config.id2label).length;
    try {
      const bytes = fs.readFileSync(file);
      return new TicketRouter(
        config,
        tensor(bytes, 'weight', [rows, config.hash_buckets]),
        tensor(bytes, 'bias', [rows]),
      );
    } catch (error) {
      throw new Error(`Cannot read ${file}: ${(error as Error).message}`);
    }
  }

  /** The label with the highest score; the first of several. */
  labelOf(text: string): string {
    const { hash_buckets: size, character_grams: length } = this.#config;
    const buckets = new Set(
      tokensOf(text, length).map(token => hashOf(token) % size),
    );
    const value = 1 / Math.sqrt(buckets.size || 1);
    let best = 0;
    let most = -Infinity;
    this.#labels.forEach((_, row) => {
      let score = this.#bias[row];
      for (const bucket of buckets) {
        score += this.#weights[row * size + bucket] * value;
      }
      if (score > most) {
        most = score;
        best = row;
      }
    });
    return this.#labels[best];
  }
}
