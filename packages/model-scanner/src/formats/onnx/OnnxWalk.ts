import { WIRE, WireError, type Field, type WireReader } from '../protobuf';
import { Kept } from './Kept';
import { OnnxJudge, type OnnxReport } from './OnnxJudge';
import { MODEL, type Shape } from './schema';

/** Deeper ones are refused by protocol buffers themselves. */
const DEEPEST = 100;
/** Names and paths; of longer ones this much is read. */
const LONGEST_TEXT = 4096;
/** More dimensions, entries or attributes mean nothing. */
const MOST_KEPT = 256;
/** A field of tomorrow is smaller than what hides in one. */
const SMALL = 1024;

/** Bytes that no field explains. */
export interface Unexplained {
  start: number;
  end: number;
}

/** Goes through a model field by field, without holding more than names. */
export class OnnxWalk {
  readonly #wire: WireReader;
  readonly #report: OnnxReport;
  readonly #judge: OnnxJudge;
  /** What is to be searched, because no program reads it. */
  readonly unexplained: Unexplained[] = [];

  constructor(wire: WireReader, report: OnnxReport) {
    this.#wire = wire;
    this.#report = report;
    this.#judge = new OnnxJudge(report);
  }

  /** @throws WireError */
  async model(size: number): Promise<void> {
    try {
      const model = await this.#message(MODEL, { at: 0, end: size }, 0);
      if (!model.numbers.has('graphs'))
        throw new WireError('there is no graph', 0);
    } catch (error) {
      if (error instanceof WireError)
        this.#keep({ start: error.at, end: size });
      throw error;
    } finally {
      this.#judge.end();
    }
  }

  /** What follows one another hides one thing. */
  #keep(range: Unexplained): void {
    const last = this.unexplained.at(-1);
    if (last && last.end === range.start) last.end = range.end;
    else if (this.unexplained.length < MOST_KEPT) this.unexplained.push(range);
    else if (last) last.end = range.end;
  }

  async #message(
    shape: Shape,
    { at, end }: { at: number; end: number },
    depth: number,
  ): Promise<Kept> {
    if (depth > DEEPEST) {
      throw new WireError(`it is more than ${DEEPEST} messages deep`, at);
    }
    const kept = new Kept(shape, at);
    let seen = 0;
    for (;;) {
      const field = await this.#wire.next(end);
      if (!field) break;
      const known = shape.fields.get(field.number);
      if (!known || !fits(field, known.kind)) {
        await this.#unknown(shape, field);
        continue;
      }
      // Fields that are known have numbers below 32.
      const bit = 1 << field.number;
      if ((seen & bit) !== 0 && !known.isRepeated) {
        this.#report(
          'onnx-odd-field',
          `${known.name} of the ${shape.name} is there twice`,
          field.at,
        );
      }
      seen |= bit;
      await this.#field(kept, field, known, depth);
    }
    this.#judge.ended(kept);
    return kept;
  }

  async #field(
    kept: Kept,
    field: Field,
    { name, kind }: { name: string; kind: Shape | string },
    depth: number,
  ): Promise<void> {
    if (kind === 'text') {
      kept.texts.set(name, await this.#wire.text(field, LONGEST_TEXT));
    } else if (kind === 'number') {
      kept.numbers.set(name, await this.#wire.varint());
    } else if (kind === 'numbers') await this.#numbers(kept, field);
    else if (typeof kind === 'object') {
      const end = this.#wire.offset + field.length;
      const inner = await this.#message(kind, { at: field.at, end }, depth + 1);
      collect(kept, name, inner);
    } else {
      if (kind === 'length') kept.bytes = field.length;
      await this.#wire.skip(field);
    }
  }

  async #numbers(kept: Kept, field: Field): Promise<void> {
    if (field.wire === WIRE.VARINT) {
      keepDimension(kept, await this.#wire.varint());
      return;
    }
    const end = this.#wire.offset + field.length;
    while (this.#wire.offset < end) {
      keepDimension(kept, await this.#wire.varint());
    }
    if (this.#wire.offset > end) {
      throw new WireError('a list of numbers ends within one', field.at);
    }
  }

  async #unknown(shape: Shape, field: Field): Promise<void> {
    const { number, at, length } = field;
    if (length > SMALL || this.unexplained.length < MOST_KEPT) {
      this.#report(
        'onnx-odd-field',
        `the ${shape.name} has a field ${number} of ${length} bytes`,
        at,
      );
    }
    await this.#wire.skip(field);
    this.#keep({ start: at, end: this.#wire.offset });
  }
}

/** Whether a value is written as its kind is. */
function fits({ wire }: Field, kind: Shape | string): boolean {
  if (kind === 'number') return wire === WIRE.VARINT;
  if (kind === 'numbers') return wire === WIRE.VARINT || wire === WIRE.BYTES;
  return kind === 'skip' || wire === WIRE.BYTES;
}

function keepDimension(kept: Kept, value: number): void {
  kept.dims ??= [];
  if (kept.dims.length < MOST_KEPT) kept.dims.push(value);
}

/** What a message keeps of those within it. */
function collect(kept: Kept, name: string, inner: Kept): void {
  const text = (key: string) => inner.texts.get(key) ?? '';
  if (name === 'external_data') {
    kept.external ??= [];
    if (kept.external.length < MOST_KEPT) {
      kept.external.push([text('key'), text('value')]);
    }
  } else if (name === 'attribute' && inner.texts.has('s')) {
    kept.attributes ??= new Map();
    if (kept.attributes.size < MOST_KEPT) {
      kept.attributes.set(text('name'), text('s'));
    }
  } else if (name === 'graph') kept.numbers.set('graphs', 1);
}
