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
  /** It was remembered too long ago; it may be anything. */
  static readonly forgotten = new Opaque();
}

const RECONSTRUCTOR = 'copyreg._reconstructor';
/** joblib's class of an array. */
export const ARRAY_WRAPPER = 'joblib.numpy_pickle.NumpyArrayWrapper';
const MAY_BE_ARRAY = new Set([ARRAY_WRAPPER, RECONSTRUCTOR]);

/** What an import gave: a class, a function, or an attribute of one. */
export class Imported {
  readonly module: string;
  readonly name: string;
  readonly offset: number;
  readonly path: string;
  /** Judged only once it is known what it is called with. */
  deferred: boolean;
  /** May make an array of joblib, whose bytes stand between the opcodes. */
  readonly mayBeArray: boolean;

  constructor(
    module: string,
    name: string,
    offset: number,
    deferred: boolean = false,
  ) {
    this.module = module;
    this.name = name;
    this.offset = offset;
    this.path = `${module}.${name}`;
    this.deferred = deferred;
    this.mayBeArray = MAY_BE_ARRAY.has(this.path);
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

/** What tells how joblib wrote an array; nothing else of dictionaries matters. */
const WANTED = new Set(['dtype', 'shape', 'numpy_array_alignment_bytes']);

/** Spares a look-up for nearly every key. */
const WANTED_LENGTHS: boolean[] = [];
WANTED.forEach(name => {
  WANTED_LENGTHS[name.length] = true;
});

/** A dictionary; nearly all are the empty one, for nothing else of them matters. */
export class Entries {
  static readonly empty = new Entries();

  #wanted: Map<string, Value> | undefined;

  /** The dictionary with an item more. */
  with(key: Value, value: Value): Entries {
    if (
      typeof key !== 'string' ||
      !WANTED_LENGTHS[key.length] ||
      !WANTED.has(key)
    ) {
      return this;
    }
    const own = this === Entries.empty ? new Entries() : this;
    own.#wanted ??= new Map();
    own.#wanted.set(key, value);
    return own;
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

/** Only so many items of a collection are remembered. */
const REMEMBERED = 16;

/** A tuple, list or set. Of lists and sets nothing is kept. */
export class Items {
  static readonly list = new Items('list', []);
  static readonly set = new Items('set', []);
  static readonly nothing = new Items('tuple', []);

  readonly type: 'tuple' | 'list' | 'set';
  readonly first: readonly Value[];
  readonly length: number;

  constructor(type: Items['type'], items: Value[]) {
    this.type = type;
    this.length = items.length;
    this.first =
      items.length <= REMEMBERED ? items : items.slice(0, REMEMBERED);
  }

  /** Whether an import or a call may be among the items. */
  get holdsObjects(): boolean {
    return this.first.some(
      item =>
        typeof item === 'object' &&
        !(item instanceof Opaque) &&
        !(item instanceof Entries) &&
        !(item instanceof Payload),
    );
  }
}

/** The class of an object, made by a call or by `copyreg._reconstructor` of it. */
export function classOf({ callee, args }: Made): Imported | undefined {
  if (!(callee instanceof Imported)) return undefined;
  if (callee.path !== RECONSTRUCTOR) return callee;
  const [first] = args instanceof Items ? args.first : [];
  return first instanceof Imported ? first : undefined;
}
