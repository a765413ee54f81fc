import { isMap, isScalar, isSeq, parseAllDocuments, type Document } from 'yaml';
import { ConfigObject, withValue, type ConfigValue } from './values';

/** Deeper ones nobody writes. */
const DEEPEST = 100;
const MOST_NODES = 200_000;
/** The parser takes time with the square of the length of a line. */
const MOST_EFFORT = 6e9;

/** What a YAML says. */
export interface YamlText {
  values: ConfigValue[];
  /** Tags other than YAML's own, in full. */
  tags: Array<{ tag: string; at: number }>;
  doubles: Array<{ key: string; at: number }>;
  others: ConfigObject[];
  /** Why it cannot be read to its end. */
  errors: Array<{ message: string; at: number }>;
}

const OWN = 'tag:yaml.org,2002:';
const PLAIN = new Set(
  'map seq str int float bool null binary timestamp set omap pairs merge value'
    .split(' ')
    .map(name => OWN + name),
);

class Walk {
  readonly #result: YamlText;
  readonly #document: Document;
  #nodes = 0;

  constructor(result: YamlText, document: Document) {
    this.#result = result;
    this.#document = document;
  }

  value(node: unknown, depth: number): ConfigValue {
    this.#nodes += 1;
    if (depth > DEEPEST || this.#nodes > MOST_NODES) {
      if (this.#result.errors.length === 0) {
        this.#result.errors.push({ message: 'holds too many values', at: 0 });
      }
      return undefined;
    }
    this.#tag(node);
    if (isMap(node)) return this.#map(node, depth);
    if (isSeq(node)) {
      return node.items.map(item => this.value(item, depth + 1));
    }
    if (isScalar(node)) {
      const { value } = node;
      const isPlain = ['string', 'number', 'boolean'].includes(typeof value);
      return isPlain ? (value as ConfigValue) : undefined;
    }
    // What an alias stands for is judged where it is written.
    return undefined;
  }

  #map(
    node: { items: Array<{ key: unknown; value?: unknown }>; range?: unknown },
    depth: number,
  ): ConfigObject {
    const [at] = (node.range as [number] | undefined) ?? [0];
    const object = new ConfigObject(at);
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : '?';
      this.#tag(key);
      if (!isScalar(key)) this.value(key, depth + 1);
      if (object.has(name) && name !== '<<' && name !== '?') {
        this.#result.doubles.push({ key: name, at });
        if (this.#result.others.length < 100) {
          const other = withValue(object, name, object.get(name));
          this.#result.others.push(other);
        }
      }
      object.set(name, this.value(value, depth + 1));
    }
    return object;
  }

  #tag(node: unknown): void {
    const { tag, range } = (node ?? {}) as {
      tag?: unknown;
      range?: [number, number, number];
    };
    if (typeof tag !== 'string' || PLAIN.has(tag)) return;
    // Handles of directives are resolved by the parser, `!name` stays.
    const full = this.#document.directives?.tagName(tag, () => {}) ?? tag;
    const name = tag.startsWith('tag:') ? tag : full;
    if (!PLAIN.has(name) && name !== '!') {
      this.#result.tags.push({ tag: decoded(name), at: range?.[0] ?? 0 });
    }
  }
}

/** Reads YAML without making anything of its tags or following its aliases. */
export function parseYaml(text: string): YamlText {
  const result: YamlText = {
    values: [],
    tags: [],
    doubles: [],
    others: [],
    errors: [],
  };
  if (effortOf(text) > MOST_EFFORT) {
    result.errors.push({ message: 'has lines that are too long', at: 0 });
    return result;
  }
  const depth = deepest(text);
  if (depth > DEEPEST) {
    result.errors.push({
      message: `is more than ${DEEPEST} levels deep`,
      at: 0,
    });
    return result;
  }
  for (const document of documentsOf(text, result)) {
    for (const { message, pos, code } of document.errors) {
      if (code !== 'TAG_RESOLVE_FAILED') {
        result.errors.push({ message: message.slice(0, 200), at: pos[0] });
      }
    }
    result.values.push(new Walk(result, document).value(document.contents, 0));
  }
  return result;
}

function documentsOf(text: string, { errors }: YamlText): Document[] {
  try {
    const documents = parseAllDocuments(text, {
      uniqueKeys: false,
      logLevel: 'silent',
      merge: true,
      prettyErrors: false,
    });
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    // Blocks may be nested deeper than the parser can follow.
    errors.push({ message: (error as Error).message, at: 0 });
    return [];
  }
}

function effortOf(text: string) {
  return text.split('\n').reduce((sum, { length }) => sum + length * length, 0);
}

/** An upper bound of the nesting, told before the parser recurses. */
function deepest(text: string): number {
  let [depth, most] = [0, 0];
  for (const mark of text.match(/[[\]{}]|^[ ]*(?:[-?:] +)+/gm) ?? []) {
    if (mark === '[' || mark === '{') depth += 1;
    else if (mark === ']' || mark === '}') depth = Math.max(0, depth - 1);
    else most = Math.max(most, (mark.match(/[-?:]/g) ?? []).length);
    most = Math.max(most, depth);
  }
  return most;
}

/** Tags may be written with escapes of URLs. */
function decoded(tag: string): string {
  try {
    return decodeURIComponent(tag);
  } catch {
    return tag;
  }
}
