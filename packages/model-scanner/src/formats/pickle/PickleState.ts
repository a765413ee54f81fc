import type { RuleId } from '../../rules';
import { isArray } from './joblibArrays';
import { judgeImport, presentName } from './judgeImport';
import { Memo } from './Memo';
import { PickleError } from './PickleError';
import { PickleStack } from './PickleStack';
import { isStorage, namedClass } from './torchStorages';
import {
  classOf,
  Entries,
  Imported,
  Items,
  Made,
  Opaque,
  Payload,
  type Value,
} from './values';

/** Receives what a pickle does that a person should know. */
export type PickleReport = (
  rule: RuleId,
  offset: number,
  message: string,
) => void;

/** How old protocols name members of classes: harmless where both are. */
const GETATTR = 'builtins.getattr';
/** Loads a file of torch that lies within the pickle, where it is read too. */
const LOAD_BYTES = 'torch.storage._load_from_bytes';
const DEFERRED = new Set([GETATTR, LOAD_BYTES]);

export interface StateOptions {
  report: PickleReport;
  /** Whether the format around the pickle defines persistent ids. */
  persistentIds: boolean;
  /** By default one that keeps what fits into some 100 MiB. */
  memo?: Memo;
  /** Classes below `__torch__` are defined by the archive, not imported. */
  torchScript?: boolean;
  /** Called with persistent ids that name storages of torch. */
  onStorage?(id: Items): void;
}

/** Stack and memo of an unpickler that calls nothing. */
export class PickleState extends PickleStack {
  readonly #options: StateOptions;
  readonly #report: PickleReport;
  memo: Memo;
  /** Imports whose use decides, until they were used. */
  readonly #pending = new Set<Imported>();
  /** Where the opcode that is being followed begins. */
  offset = 0;
  /** So many were followed. */
  opcodes = 0;

  constructor(options: StateOptions) {
    super();
    this.#options = options;
    this.#report = options.report;
    this.memo = options.memo ?? new Memo();
  }

  /** Whether an import waits for what it is used for. */
  get isWaiting(): boolean {
    return this.#pending.size > 0;
  }

  override copyTo(other: PickleState): void {
    super.copyTo(other);
    other.memo = this.memo.copy();
    this.#pending.forEach(imported => other.#pending.add(imported));
  }

  memoize(index: number = this.memo.size): void {
    this.memo.set(index, this.top);
  }

  /** What is imported is shared with the program that loads the file. */
  #changes(value: Value): void {
    this.#known(value);
    if (!(value instanceof Imported)) return;
    this.#report(
      'pickle-unknown-import',
      this.offset,
      `changes ${value.path} itself, not an object of it`,
    );
  }

  /** What was forgotten may be data, and nothing else. */
  #known(value: Value): void {
    if (value === Opaque.forgotten) {
      throw new PickleError(
        'it comes back to what it remembered long ago',
        'pickle-too-complex',
      );
    }
  }

  get(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) {
      throw new PickleError(`nothing is remembered as ${index}`);
    }
    this.push(value);
  }

  collect(type: Items['type'], items: Value[]): void {
    for (const item of items) this.#leaves(item);
    if (type === 'list') this.push(Items.list);
    else if (type === 'set') this.push(Items.set);
    else this.push(new Items(type, items));
  }

  append(items: Value[]): void {
    this.#changes(this.top);
    for (const item of items) {
      this.#leaves(item);
    }
  }

  setItems(pairs: Value[]): void {
    if (pairs.length % 2 === 1) throw new PickleError('a key has no value');
    let { top } = this;
    this.#changes(top);
    for (let i = 0; i < pairs.length; i += 2) {
      this.#leaves(pairs[i + 1]);
      if (top instanceof Entries) top = top.with(pairs[i], pairs[i + 1]);
    }
    this.items[this.height - 1] = top;
  }

  /** Opcodes GLOBAL, STACK_GLOBAL and INST name what is imported. */
  import(module: Value, name: Value): Imported {
    this.#known(module);
    this.#known(name);
    if (typeof module !== 'string' || typeof name !== 'string') {
      this.#report(
        'pickle-computed-import',
        this.offset,
        `imports ${describe(module)}.${describe(
          name,
        )}, which is not a plain text`,
      );
      return new Imported(
        String(describe(module)),
        describe(name),
        this.offset,
      );
    }
    this.memo.keepName(module);
    this.memo.keepName(name);
    const present = presentName(module);
    const deferred = DEFERRED.has(`${present}.${name}`);
    const imported = new Imported(present, name, this.offset, deferred);
    if (deferred) this.#pending.add(imported);
    else this.#judge(imported);
    return imported;
  }

  /** Opcodes REDUCE, OBJ, INST, NEWOBJ and NEWOBJ_EX make something. */
  call(callee: Value, args: Value): void {
    this.#known(callee);
    this.#leaves(args);
    this.push(this.#deferred(callee, args) ?? this.#made(callee, args));
  }

  build(): Value {
    const state = this.pop();
    const { top } = this;
    this.#leaves(state);
    this.#changes(top);
    if (top instanceof Made && isArray(top)) top.state = state;
    return top;
  }

  persistent(id: Value): void {
    if (this.#options.persistentIds && id instanceof Items) {
      const named = namedClass(id);
      if (named) {
        this.push(named);
        return;
      }
      if (isStorage(id)) {
        this.#options.onStorage?.(id);
        this.push(Opaque.something);
        return;
      }
    }
    this.#report(
      'pickle-persistent-id',
      this.offset,
      `asks its loader for ${describe(id)}`,
    );
    this.push(Opaque.something);
  }

  extension(code: number): void {
    this.#report(
      'pickle-extension-code',
      this.offset,
      `uses extension code ${code}`,
    );
    this.push(Opaque.something);
  }

  /** What was put off is told now: nothing harmless came of it. */
  end(): void {
    this.#pending.forEach(imported => this.#judge(imported));
    this.#pending.clear();
  }

  #made(callee: Value, args: Value): Made {
    if (callee instanceof Imported) {
      if (callee.deferred) this.#leaves(callee);
    } else {
      this.#report(
        'pickle-computed-import',
        this.offset,
        `calls ${describe(callee)}, which it computes`,
      );
    }
    return new Made(callee, args);
  }

  /** What comes of an import whose use decides, where it is known to be harmless. */
  #deferred(callee: Value, args: Value): Value | undefined {
    if (!(callee instanceof Imported) || !callee.deferred) return undefined;
    if (!(args instanceof Items)) return undefined;
    if (callee.path === GETATTR) return this.#attribute(callee, args);
    const [bytes] = args.first;
    if (args.length !== 1 || !(bytes instanceof Payload && bytes.isTorch)) {
      return undefined;
    }
    this.#pending.delete(callee);
    return Opaque.something;
  }

  /** What `getattr(class, 'name')` names, or the same of an object of a class. */
  #attribute(getattr: Imported, args: Items): Imported | undefined {
    const [owner, name] = args.first;
    const named = owner instanceof Made ? classOf(owner) : owner;
    if (
      args.length !== 2 ||
      !(named instanceof Imported) ||
      typeof name !== 'string'
    ) {
      return undefined;
    }
    this.#pending.delete(getattr);
    const found = new Imported(
      named.module,
      `${named.name}.${name}`,
      this.offset,
    );
    this.#judge(found);
    return found;
  }

  /** A deferred import that goes where it is not followed is judged at once. */
  #leaves(value: Value): void {
    if (value instanceof Imported && value.deferred) {
      value.deferred = false;
      this.#pending.delete(value);
      this.#judge(value);
    }
  }

  #judge({ module, name, path, offset }: Imported): void {
    if (this.#options.torchScript && /^__torch__(\.|$)/.test(module)) return;
    const verdict = judgeImport(module, name);
    if (verdict === 'dangerous') {
      this.#report('pickle-dangerous-import', offset, `imports ${path}`);
    } else if (verdict === 'unknown') {
      this.#report('pickle-unknown-import', offset, `imports ${path}`);
    }
  }
}

function describe(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80));
  if (value instanceof Imported) return value.path;
  if (value instanceof Made) return `the result of ${describe(value.callee)}`;
  if (value instanceof Items) return `a ${value.type}`;
  if (value instanceof Entries) return 'a dict';
  if (value instanceof Payload) {
    return `${value.length} ${value.isText ? 'characters' : 'bytes'}`;
  }
  return value instanceof Opaque ? 'an object' : String(value);
}
