import { PartError, type ScanContext } from '../../../engine/FormatReader';
import { shownName } from '../../archive/names';
import {
  attributesOfInfo,
  readAttribute,
  type Hdf5Attribute,
} from './attributes';
import { GlobalHeap } from './globalHeap';
import {
  linksOfInfo,
  linksOfTree,
  readLink,
  readLocalHeap,
  type Hdf5Link,
} from './groups';
import { Hdf5Error, Hdf5File, untilZero } from './Hdf5File';
import {
  followShared,
  Message,
  readObjectHeader,
  type HeaderMessage,
} from './objectHeader';
import { externalFiles, foreignFilters, isVirtual } from './storage';

const MOST_OBJECTS = 500_000;
const LONGEST_PATH = 300;

interface Place {
  at: number;
  path: string;
}

/** Goes through every object of a file, however it is reached. */
export class Hdf5Walk {
  readonly #file: Hdf5File;
  readonly #heap: GlobalHeap;
  readonly #context: ScanContext;
  readonly #onAttribute: (
    path: string,
    attribute: Hdf5Attribute,
  ) => Promise<void>;
  readonly #open: Place[] = [];
  readonly #seen = new Set<number>();
  readonly #trees = new Set<number>();

  constructor(
    file: Hdf5File,
    context: ScanContext,
    onAttribute: (path: string, attribute: Hdf5Attribute) => Promise<void>,
  ) {
    this.#file = file;
    this.#heap = new GlobalHeap(file);
    this.#context = context;
    this.#onAttribute = onAttribute;
  }

  /** @throws Hdf5Error where more cannot be read at all */
  async from(
    root: number,
    cached?: { tree: number; heap: number },
  ): Promise<void> {
    this.#visit(root, '');
    if (cached) {
      await this.#read('', () =>
        this.#follow('', linksOfTree(this.#file, cached)),
      );
      this.#trees.add(cached.tree);
    }
    while (this.#open.length > 0) {
      this.#context.signal?.throwIfAborted();
      const place = this.#open.pop() as Place;
      await this.#read(place.path, () => this.#object(place));
    }
  }

  #visit(at: number, path: string): void {
    if (this.#seen.has(at)) return;
    this.#seen.add(at);
    if (this.#seen.size > MOST_OBJECTS) {
      throw new Hdf5Error('there are too many objects');
    }
    this.#open.push({ at, path: path.slice(0, LONGEST_PATH) });
  }

  /** One object that cannot be read does not hide the others. */
  async #read(path: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof PartError)) throw error;
      const where = shownName(path) || 'the root';
      this.#context.report(error.rule, `${where}: ${error.message}`);
    }
  }

  async #object({ at, path }: Place): Promise<void> {
    for (const message of await readObjectHeader(this.#file, at)) {
      await this.#read(path, () => this.#message(message, path));
    }
  }

  async #message(message: HeaderMessage, path: string): Promise<void> {
    const { type, body } = message;
    const file = this.#file;
    const say = (rule: 'hdf5-external' | 'hdf5-filter', what: string) =>
      this.#context.report(rule, `${shownName(path) || 'the root'} ${what}`);
    if (type === Message.Attribute) await this.#attribute(message, path);
    else if (type === Message.AttributeInfo) {
      for await (const one of attributesOfInfo(file, body)) {
        await this.#attribute(one, path);
      }
    } else if (type === Message.SymbolTable) {
      const [tree, heap] = [body.address(), body.address()];
      if (tree === undefined || heap === undefined || this.#trees.has(tree)) {
        return;
      }
      this.#trees.add(tree);
      await this.#follow(path, linksOfTree(file, { tree, heap }));
    } else if (type === Message.LinkInfo) {
      await this.#follow(path, linksOfInfo(file, body));
    } else if (type === Message.Link) {
      await this.#link(path, readLink(body));
    } else if (type === Message.External) await this.#external(message, path);
    else if (type === Message.Layout) {
      if (isVirtual(body)) say('hdf5-external', 'is put together from others');
    } else if (type === Message.Filters) {
      const { body: filters } = await followShared(file, message);
      for (const id of foreignFilters(filters)) {
        say('hdf5-filter', `is packed by filter ${id}`);
      }
    } else if (type === Message.SharedTable || type === Message.Driver) {
      throw new Hdf5Error('the file is laid out in a way that is not read');
    }
  }

  async #attribute(message: HeaderMessage, path: string): Promise<void> {
    await this.#read(path, async () => {
      const held = this.#context.limits.maxHeldBytes;
      const attribute = await readAttribute(this.#file, message, {
        heap: this.#heap,
        mostHeld: held,
      });
      await this.#onAttribute(path, attribute);
    });
  }

  async #follow(path: string, links: AsyncGenerator<Hdf5Link>): Promise<void> {
    for await (const link of links) await this.#link(path, link);
  }

  async #link(path: string, link: Hdf5Link): Promise<void> {
    const name = path ? `${path}/${link.name}` : link.name;
    if (link.external !== undefined) {
      this.#context.report(
        'hdf5-external',
        `${shownName(name)} leads to ${shownName(link.external)}`,
      );
    }
    if (link.target !== undefined) this.#visit(link.target, name);
    if (link.cached && !this.#trees.has(link.cached.tree)) {
      this.#trees.add(link.cached.tree);
      await this.#follow(name, linksOfTree(this.#file, link.cached));
    }
  }

  async #external({ body }: HeaderMessage, path: string): Promise<void> {
    const { heap, names } = externalFiles(body);
    const texts =
      heap === undefined ? undefined : await readLocalHeap(this.#file, heap);
    const files = names.map(at =>
      texts ? untilZero(texts.subarray(at, at + 1000)) : '?',
    );
    this.#context.report(
      'hdf5-external',
      `${shownName(path) || 'the root'} lies in ${shownName(files.join(', '))}`,
    );
  }
}
