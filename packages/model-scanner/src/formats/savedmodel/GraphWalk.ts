import type { Tell } from '../config/values';
import { shown } from '../config/values';
import { WIRE, WireError, type Field, type WireReader } from '../protobuf';
import { isKnownOperator } from './knownOperators';
import { OPENS_ATTRIBUTES, PLAIN_ATTRIBUTE, ruleOfOperator } from './operators';
import { FUNCTION, META_GRAPH, NODE, type Shape } from './schema';
import { isOdd, Scope } from './Scope';

/** Parts of which more than the fact that they ended is needed. */
const KEPT = new Set(['signature', 'attributes', 'value', 'tensor']);

/** Deeper ones are refused by protocol buffers themselves. */
const DEEPEST = 100;
/** Names and paths; of longer ones this much is read. */
const LONGEST_TEXT = 4096;
const LONGEST_METADATA = 4 * 1024 * 1024;
const MOST_TEXTS = 10_000;
const MOST_FUNCTIONS = 200_000;

/** What was read of a message. */
class Message {
  readonly #texts = new Map<string, string[]>();
  readonly parts = new Map<string, Message[]>();

  constructor(readonly at: number) {}

  add(key: string, text: string): void {
    const texts = this.#texts.get(key) ?? [];
    if (texts.length < MOST_TEXTS) texts.push(text);
    this.#texts.set(key, texts);
  }

  all(key: string): string[] {
    return this.#texts.get(key) ?? [];
  }

  /** The last, which is the one that counts. */
  one(key: string): string {
    return this.#texts.get(key)?.at(-1) ?? '';
  }

  part(key: string): Message | undefined {
    return this.parts.get(key)?.at(-1);
  }
}

/** Goes through a graph of TensorFlow without holding more than its names. */
export class GraphWalk {
  readonly #wire: WireReader;
  readonly #tell: Tell;
  readonly #judgeMetadata: (text: string, at: number) => void;
  readonly #functions = new Set<string>();
  readonly #unknown = new Map<string, number>();
  readonly #told = new Set<string>();
  readonly #scopes: Scope[] = [new Scope()];
  #assets = new Set<string>();

  constructor(
    wire: WireReader,
    tell: Tell,
    judgeMetadata: (text: string, at: number) => void,
  ) {
    this.#wire = wire;
    this.#tell = tell;
    this.#judgeMetadata = judgeMetadata;
  }

  /** @throws WireError */
  async read(shape: Shape, size: number): Promise<void> {
    try {
      await this.#message(shape, { at: 0, end: size }, 0);
    } finally {
      this.#finish();
    }
  }

  async #message(
    shape: Shape,
    { at, end }: { at: number; end: number },
    depth: number,
  ): Promise<Message> {
    if (depth > DEEPEST) throw new WireError('it is nested too deep', at);
    if (shape === FUNCTION) this.#scopes.push(new Scope());
    const message = new Message(at);
    for (;;) {
      const field = await this.#wire.next(end);
      if (!field) break;
      const known = shape.fields[field.number];
      if (!known || field.wire !== WIRE.BYTES) await this.#wire.skip(field);
      else if (known.shape) {
        const range = { at: field.at, end: this.#wire.offset + field.length };
        const part = await this.#message(known.shape, range, depth + 1);
        if (KEPT.has(known.key)) keep(message, known.key, part);
      } else await this.#text(message, known.key, field);
    }
    this.#ended(shape, message);
    return message;
  }

  async #text(message: Message, key: string, field: Field): Promise<void> {
    const most = key === 'metadata' ? LONGEST_METADATA : LONGEST_TEXT;
    const bytes = await this.#wire.bytes(field, most);
    if (key === 'metadata') {
      if (field.length > most) {
        this.#tell('tf-unreadable', 'metadata is too long', field.at);
      }
      this.#judgeMetadata(bytes.toString(), field.at);
    } else message.add(key, bytes.toString());
  }

  #ended(shape: Shape, message: Message): void {
    if (shape === NODE) this.#node(message);
    else if (shape === FUNCTION) {
      const name = message.part('signature')?.one('name') ?? '';
      if (this.#functions.size < MOST_FUNCTIONS) this.#functions.add(name);
      this.#judgePaths(this.#scopes.pop());
    } else if (shape.name === 'gradient') {
      this.#functions.add(message.one('gradient'));
    } else if (shape.name === 'asset') {
      const file = message.one('filename');
      const tensor = message.part('tensor')?.one('name') ?? '';
      this.#assets.add(tensor.split(':')[0]);
      if (isOdd(file) || file.includes('..')) {
        this.#say('tf-odd-path', `an asset is ${shown(file)}`, message.at);
      }
    } else if (shape === META_GRAPH) {
      this.#judgePaths(this.#scopes[0]);
      this.#scopes[0] = new Scope();
      this.#assets = new Set();
    }
  }

  #node(message: Message): void {
    const operator = message.one('op');
    const name = message.one('name');
    const { at } = message;
    const rule = ruleOfOperator(operator);
    if (rule) {
      this.#say(rule, `${shown(name)} is a ${shown(operator)}`, at);
    } else if (!isKnownOperator(operator) && this.#unknown.size < 10_000) {
      if (!this.#unknown.has(operator)) this.#unknown.set(operator, at);
    }
    const texts: string[] = [];
    for (const attribute of message.parts.get('attributes') ?? []) {
      const key = attribute.one('key');
      const value = attribute.part('value');
      if (!value) continue;
      if (OPENS_ATTRIBUTES[operator]?.includes(key)) {
        const text = value.one('text');
        if (!PLAIN_ATTRIBUTE.test(text)) {
          this.#say('tf-odd-path', `${shown(name)} opens ${shown(text)}`, at);
        }
      }
      const tensor = value.part('tensor');
      if (operator === 'Const' && tensor) texts.push(...tensor.all('texts'));
    }
    const inputs = message.all('inputs');
    this.#scopes.at(-1)?.add({ name, operator, inputs, texts, at });
  }

  #judgePaths(scope: Scope | undefined): void {
    for (const { node, source, path } of scope?.oddPaths() ?? []) {
      // The loader puts another path in the place of an asset's.
      if (this.#assets.has(source)) continue;
      this.#say(
        'tf-odd-path',
        `${shown(node.name)}, a ${node.operator}, opens ${shown(path)}`,
        node.at,
      );
    }
  }

  #finish(): void {
    for (const scope of this.#scopes) this.#judgePaths(scope);
    for (const [operator, at] of this.#unknown) {
      if (!this.#functions.has(operator)) {
        this.#say('tf-custom-operator', `uses ${shown(operator)}`, at);
      }
    }
  }

  #say(rule: Parameters<Tell>[0], what: string, at: number): void {
    const key = `${rule} ${what}`;
    if (this.#told.has(key) || this.#told.size > 1000) return;
    this.#told.add(key);
    this.#tell(rule, what, at);
  }
}

function keep(message: Message, key: string, part: Message): void {
  const parts = message.parts.get(key) ?? [];
  if (parts.length < 1000) parts.push(part);
  message.parts.set(key, parts);
}
