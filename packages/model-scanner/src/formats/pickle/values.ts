/**
 * What the scanner knows of a value on the pickle's stack. Texts, numbers and
 * booleans are themselves.
 */
export type Value =
  | string
  | number
  | boolean
  | Opaque
  | Imported
  | Made
  | Items
  | Entries
  | Payload;

/** Something of which nothing is known. */
export class Opaque {
  static readonly none = new Opaque();
  static readonly something = new Opaque();
}

/** What an import gave: a class, a function, or an attribute of one. */
export class Imported {
  readonly module: string;
  readonly name: string;
  readonly offset: number;
  /** Judged only once it is known what it is called with. */
  deferred: boolean;

  constructor(
    module: string,
    name: string,
    offset: number,
    deferred: boolean = false,
  ) {
    this.module = module;
    this.name = name;
    this.offset = offset;
    this.deferred = deferred;
  }

  get path(): string {
    return `${this.module}.${this.name}`;
  }
}

/** What a call gave. */
export class Made {
  readonly callee: Value;
  readonly args: Value;
  state: Value | undefined;

  constructor(callee: Value, args: Value) {
    this.callee = callee;
    this.args = args;
  }
}

/** Only so many items of a collection are remembered. */
const REMEMBERED = 16;

const NO_ITEMS: readonly Value[] = [];

/** A tuple, list or set. Of lists and sets only the length is kept. */
export class Items {
  readonly type: 'tuple' | 'list' | 'set';
  readonly first: readonly Value[];
  readonly length: number;

  constructor(type: Items['type'], items: Value[]) {
    this.type = type;
    this.length = items.length;
    if (type !== 'tuple') this.first = NO_ITEMS;
    else if (items.length <= REMEMBERED) this.first = items;
    else this.first = items.slice(0, REMEMBERED);
  }
}

/** What tells how joblib wrote an array; nothing else of dictionaries matters. */
const WANTED = new Set(['dtype', 'shape', 'numpy_array_alignment_bytes']);

/** Spares a look-up for nearly every key. */
const WANTED_LENGTHS: boolean[] = [];
WANTED.forEach(name => {
  WANTED_LENGTHS[name.length] = true;
});

/** A dictionary. */
export class Entries {
  #wanted: Map<string, Value> | undefined;

  set(key: Value, value: Value): void {
    if (
      typeof key === 'string' &&
      WANTED_LENGTHS[key.length] &&
      WANTED.has(key)
    ) {
      this.#wanted ??= new Map();
      this.#wanted.set(key, value);
    }
  }

  get(key: string): Value | undefined {
    return this.#wanted?.get(key);
  }
}

/** Bytes, or a text that is too long to be a name. */
export class Payload {
  readonly length: number;
  readonly isText: boolean;
  /** A file of torch's old format, which is read as a pickle within this one. */
  readonly isTorch: boolean;

  constructor(length: number, isText: boolean, isTorch: boolean = false) {
    this.length = length;
    this.isText = isText;
    this.isTorch = isTorch;
  }
}

/** The class of an object, made by a call or by `copyreg._reconstructor` of it. */
export function classOf({ callee, args }: Made): Imported | undefined {
  if (!(callee instanceof Imported)) return undefined;
  if (callee.path !== 'copyreg._reconstructor') return callee;
  const [first] = args instanceof Items ? args.first : [];
  return first instanceof Imported ? first : undefined;
}
