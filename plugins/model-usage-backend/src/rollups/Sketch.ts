/** Figures differ from the true ones by at most this share. */
export const RELATIVE_ERROR = 0.01;

const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GAMMA = Math.log(GAMMA);

/** What is shorter counts as this long. Milliseconds. */
const LEAST = 0.01;
/** What is longer counts as this long: eleven days. */
const MOST = 1e9;

const FORMAT = 1;
const HEAD_BYTES = 9;

const bucketOf = (value: number) =>
  Math.ceil(Math.log(Math.min(Math.max(value, LEAST), MOST)) / LOG_GAMMA);

/** In the middle of its bucket, by share. */
const valueOf = (bucket: number) => (2 * GAMMA ** bucket) / (GAMMA + 1);

/** Signed numbers as small unsigned ones. */
const zigzag = (n: number) => (n < 0 ? -2 * n - 1 : 2 * n);
const unzigzag = (n: number) => (n % 2 === 0 ? n / 2 : -(n + 1) / 2);

/**
 * Tells each bucket of encoded bytes in order. None of no bytes.
 *
 * @returns the sum of all values
 */
function readBuckets(
  bytes: Uint8Array,
  take: (bucket: number, times: number) => void,
): number {
  if (bytes.length === 0) return 0;
  if (bytes[0] !== FORMAT || bytes.length < HEAD_BYTES) {
    throw new Error(
      'The bytes are not a sketch that this release reads. Upgrade all replicas to the newest release.',
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let offset = HEAD_BYTES;
  const next = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[offset];
      offset += 1;
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
  let bucket = 0;
  while (offset < bytes.length) {
    bucket += unzigzag(next());
    take(bucket, next());
  }
  return view.getFloat64(1);
}

/**
 * How often things took how long, in buckets that grow by 2 %: quantiles come
 * out true to 1 %, and sketches of parts add up to the sketch of the whole
 * (DDSketch, Masson et al., VLDB 2019, without its bound on the number of buckets:
 * from 0.01 ms to 11 days there are 1,266).
 */
export class Sketch {
  /** How many are in the bucket `#first` and in those after it. */
  #counts: number[] = [];
  #first = 0;
  #count = 0;
  #sum = 0;

  /** An empty one of no bytes. @throws Error for bytes that are no sketch */
  static decode(bytes: Uint8Array): Sketch {
    const sketch = new Sketch();
    sketch.#sum = readBuckets(bytes, (bucket, times) =>
      sketch.#addTo(bucket, times),
    );
    return sketch;
  }

  /**
   * How many there are, and how many took no longer than a limit, as
   * {@link Sketch.countUpTo} tells, without making a sketch of the bytes.
   *
   * @throws Error for bytes that are no sketch
   */
  static countsIn(
    bytes: Uint8Array,
    limit: number,
  ): { count: number; within: number } {
    let count = 0;
    let within = 0;
    const last = bucketOf(limit);
    readBuckets(bytes, (bucket, times) => {
      count += times;
      if (bucket <= last) within += times;
    });
    return { count, within };
  }

  get count(): number {
    return this.#count;
  }

  /** @param value - not negative */
  add(value: number, times = 1): void {
    this.#addTo(bucketOf(value), times);
    this.#sum += value * times;
  }

  merge(other: Sketch): void {
    other.#counts.forEach((count, n) => {
      if (count > 0) this.#addTo(other.#first + n, count);
    });
    this.#sum += other.#sum;
  }

  get mean(): number {
    return this.#sum / this.#count;
  }

  /** @param q - from 0 to 1 */
  quantile(q: number): number {
    const rank = Math.max(1, Math.ceil(q * this.#count));
    let passed = 0;
    for (let n = 0; n < this.#counts.length; n += 1) {
      passed += this.#counts[n];
      if (passed >= rank) return valueOf(this.#first + n);
    }
    return NaN;
  }

  /** How many took no longer than a limit, true to what lies within 2 % of it. */
  countUpTo(limit: number): number {
    const end = bucketOf(limit) - this.#first + 1;
    return this.#counts
      .slice(0, Math.max(0, end))
      .reduce((sum, it) => sum + it, 0);
  }

  /** Format, sum, and for each bucket in order the step from the one before and its count. */
  encode(): Buffer {
    const bytes: number[] = [];
    const put = (value: number) => {
      let left = value;
      while (left >= 128) {
        bytes.push((left % 128) + 128);
        left = Math.floor(left / 128);
      }
      bytes.push(left);
    };
    let before = 0;
    for (let n = 0; n < this.#counts.length; n += 1) {
      const count = this.#counts[n];
      if (count > 0) {
        put(zigzag(this.#first + n - before));
        put(count);
        before = this.#first + n;
      }
    }
    const all = Buffer.allocUnsafe(HEAD_BYTES + bytes.length);
    all[0] = FORMAT;
    all.writeDoubleBE(this.#sum, 1);
    for (let n = 0; n < bytes.length; n += 1) all[HEAD_BYTES + n] = bytes[n];
    return all;
  }

  #addTo(bucket: number, count: number): void {
    this.#count += count;
    if (this.#counts.length === 0) this.#first = bucket;
    if (bucket < this.#first) {
      const room = this.#first - bucket;
      this.#counts = [...new Array<number>(room).fill(0), ...this.#counts];
      this.#first = bucket;
    }
    const n = bucket - this.#first;
    while (this.#counts.length <= n) this.#counts.push(0);
    this.#counts[n] += count;
  }
}
