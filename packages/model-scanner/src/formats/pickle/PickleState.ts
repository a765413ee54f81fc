import type { RuleId } from '../../rules';
import { judgeImport, presentName } from './judgeImport';
import { mayBeName } from './shortText';
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

/** What the unpickler would raise for. */
export class PickleError extends Error {
  constructor(message: string, readonly rule: RuleId = 'pickle-corrupt') {
    super(message);
  }
}

/** Receives what a pickle does that a person should know. */
export type PickleReport = (
  rule: RuleId,
  offset: number,
  message: string,
) => void;

const MOST_MEMOS = 8 * 1024 * 1024;
const MOST_MEMO_TEXT = 48 * 1024 * 1024;
const MOST_STACKED = 8 * 1024 * 1024;

/** How old protocols name members of classes: harmless where both are. */
const GETATTR = 'builtins.getattr';
/** Loads a file of torch that lies within the pickle, where it is read too. */
const LOAD_BYTES = 'torch.storage._load_from_bytes';
const DEFERRED = new Set([GETATTR, LOAD_BYTES]);

/** Stack and memo of an unpickler that calls nothing. */
export class PickleState {
  readonly #report: PickleReport;
  readonly #allowsPersistentIds: boolean;
  readonly #isTorchScript: boolean;
  readonly #onStorage: ((id: Items) => void) | undefined;
  readonly #stack: Value[] = [];
  readonly #marks: number[] = [];
  readonly #memo: Array<Value | undefined> = [];
  readonly #sparseMemo = new Map<number, Value>();
  #memos = 0;
  #memoText = 0;
  /** Imports whose use decides, until they were used. */
  readonly #pending = new Set<Imported>();
  /** Where the opcode that is being followed begins. */
  offset = 0;

  constructor(options: {
    report: PickleReport;
    persistentIds: boolean;
    torchScript?: boolean;
    /** Called with persistent ids that name storages of torch. */
    onStorage?(id: Items): void;
  }) {
    this.#report = options.report;
    this.#onStorage = options.onStorage;
    this.#allowsPersistentIds = options.persistentIds;
    this.#isTorchScript = options.torchScript ?? false;
  }

  push(value: Value): void {
    if (this.#stack.length >= MOST_STACKED) {
      throw new PickleError('the stack grows too high', 'pickle-too-complex');
    }
    this.#stack.push(value);
  }

  pop(): Value {
    const floor = this.#marks.at(-1) ?? 0;
    if (this.#stack.length <= floor)
      throw new PickleError('the stack is empty');
    return this.#stack.pop() as Value;
  }

  /** The last values, in the order in which they were pushed. */
  popLast(count: number): Value[] {
    const floor = this.#marks.at(-1) ?? 0;
    const from = this.#stack.length - count;
    if (from < floor) throw new PickleError('the stack is empty');
    return this.#stack.splice(from);
  }

  get top(): Value {
    const value = this.#stack.at(-1);
    if (value === undefined) throw new PickleError('the stack is empty');
    return value;
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  popMark(): Value[] {
    const at = this.#marks.pop();
    if (at === undefined) throw new PickleError('there is no mark');
    return this.#stack.splice(at);
  }

  /** Opcode POP: an item, or the mark when that is on top. */
  drop(): void {
    if (this.#marks.at(-1) === this.#stack.length) this.#marks.pop();
    else this.pop();
  }

  memoize(index: number | undefined = this.#memos): void {
    if (this.#memos >= MOST_MEMOS) {
      throw new PickleError('it remembers too much', 'pickle-too-complex');
    }
    const value = this.#remembered(this.top);
    if (this.recall(index) === undefined) this.#memos += 1;
    if (index <= this.#memo.length) this.#memo[index] = value;
    else this.#sparseMemo.set(index, value);
  }

  /**
   * What of a value is kept: whatever an import or a call could come out of.
   * The rest is the same for all, so that memory stays bounded; where it is used
   * as a name after all, it is one that nobody knows.
   */
  #remembered(value: Value): Value {
    if (typeof value === 'string') {
      if (!mayBeName(value) || this.#memoText > MOST_MEMO_TEXT) {
        return Opaque.something;
      }
      this.#memoText += value.length;
      return value;
    }
    if (value instanceof Items) {
      return value.first.some(item => typeof item === 'object')
        ? value
        : Opaque.something;
    }
    return value instanceof Entries || value instanceof Payload
      ? Opaque.something
      : value;
  }

  /** What is imported is shared with the program that loads the file. */
  #changes(value: Value): void {
    if (!(value instanceof Imported)) return;
    this.#report(
      'pickle-unknown-import',
      this.offset,
      `changes ${value.path} itself, not an object of it`,
    );
  }

  get(index: number): void {
    const value = this.recall(index);
    if (value === undefined) {
      throw new PickleError(`nothing is remembered as ${index}`);
    }
    this.push(value);
  }

  recall(index: number): Value | undefined {
    return this.#memo[index] ?? this.#sparseMemo.get(index);
  }

  collect(type: Items['type'], items: Value[]): void {
    for (const item of items) this.#leaves(item);
    this.push(new Items(type, items));
  }

  append(items: Value[]): void {
    this.#changes(this.top);
    for (const item of items) {
      this.#leaves(item);
    }
  }

  setItems(pairs: Value[]): void {
    if (pairs.length % 2 === 1) throw new PickleError('a key has no value');
    const { top } = this;
    this.#changes(top);
    for (let i = 0; i < pairs.length; i += 2) {
      this.#leaves(pairs[i + 1]);
      if (top instanceof Entries) top.set(pairs[i], pairs[i + 1]);
    }
  }

  /** Opcodes GLOBAL, STACK_GLOBAL and INST name what is imported. */
  import(module: Value, name: Value): Imported {
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
    const present = presentName(module);
    const deferred = DEFERRED.has(`${present}.${name}`);
    const imported = new Imported(present, name, this.offset, deferred);
    if (deferred) this.#pending.add(imported);
    else this.#judge(imported);
    return imported;
  }

  /** Opcodes REDUCE, OBJ, INST, NEWOBJ and NEWOBJ_EX make something. */
  call(callee: Value, args: Value): void {
    this.#leaves(args);
    this.push(this.#deferred(callee, args) ?? this.#made(callee, args));
  }

  build(): Value {
    const state = this.pop();
    const { top } = this;
    this.#leaves(state);
    this.#changes(top);
    if (top instanceof Made) top.state = state;
    return top;
  }

  persistent(id: Value): void {
    if (this.#allowsPersistentIds && id instanceof Items) {
      const named = namedClass(id);
      if (named) {
        this.push(named);
        return;
      }
      if (isStorage(id)) {
        this.#onStorage?.(id);
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
    if (this.#isTorchScript && /^__torch__(\.|$)/.test(module)) return;
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
