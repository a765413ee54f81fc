import type { Shape } from './schema';

/** What is kept of a message while it is read; most keep little. */
export class Kept {
  readonly shape: Shape;
  readonly at: number;
  #texts: Map<string, string> | undefined;
  #numbers: Map<string, number> | undefined;
  /** Dimensions of a tensor. */
  dims: number[] | undefined;
  /** Bytes of its raw data. */
  bytes: number | undefined;
  /** Entries of its external data. */
  external: Array<[key: string, value: string]> | undefined;
  /** Attributes of a node that are texts. */
  attributes: Map<string, string> | undefined;

  constructor(shape: Shape, at: number) {
    this.shape = shape;
    this.at = at;
  }

  get texts(): Map<string, string> {
    this.#texts ??= new Map();
    return this.#texts;
  }

  get numbers(): Map<string, number> {
    this.#numbers ??= new Map();
    return this.#numbers;
  }
}
