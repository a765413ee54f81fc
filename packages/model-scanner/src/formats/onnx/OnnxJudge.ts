import type { RuleId } from '../../rules';
import { hasOddCharacters, shownName } from '../archive/names';
import { judgePath } from './externalPath';
import { isDangerousAten, judgeOperator } from './operators';
import type { Kept } from './Kept';
import { ITEM_BITS } from './schema';

export type OnnxReport = (rule: RuleId, message: string, at: number) => void;

/** Operators that are told of one by one. */
const MOST_OPERATORS = 10_000;
const EXTERNAL = 1;

/** Domain and name; a domain that is not told is ONNX's own. */
const nameOf = ({ texts }: Kept, name: string) =>
  `${texts.get('domain') ?? ''}\0${texts.get(name) ?? ''}`;

/** Judges the messages of a model as they end. */
export class OnnxJudge {
  readonly #report: OnnxReport;
  /** Operators in use, by domain and name, with where the first of them is. */
  readonly #operators = new Map<string, { node: Kept; at: number }>();
  readonly #functions = new Set<string>();
  readonly #files = new Set<string>();
  #isFull = false;

  constructor(report: OnnxReport) {
    this.#report = report;
  }

  ended(kept: Kept): void {
    if (kept.shape.name === 'node') this.#node(kept);
    else if (kept.shape.name === 'tensor') this.#tensor(kept);
    else if (kept.shape.name === 'function')
      this.#functions.add(nameOf(kept, 'name'));
  }

  /** Judges what only the whole model tells. */
  end(): void {
    for (const [key, { node, at }] of this.#operators) {
      if (!this.#functions.has(key)) this.#operator(node, at);
    }
    if (this.#isFull) {
      this.#report('too-large', 'it has too many operators to be judged', 0);
    }
    for (const file of this.#files) {
      this.#report(
        'onnx-external-data',
        `tensors are in ${shownName(file)}`,
        0,
      );
    }
  }

  #node(node: Kept): void {
    const key = nameOf(node, 'op_type');
    const operator = node.attributes?.get('operator');
    if (operator !== undefined && isDangerousAten(operator)) {
      this.#report(
        'onnx-runs-code',
        `an operator calls ${shownName(operator)} of torch`,
        node.at,
      );
    }
    if (this.#operators.has(key)) return;
    if (this.#operators.size < MOST_OPERATORS) {
      this.#operators.set(key, { node, at: node.at });
    } else {
      this.#isFull = true;
    }
  }

  #operator({ texts, attributes }: Kept, at: number): void {
    const domain = texts.get('domain') ?? '';
    const name = texts.get('op_type') ?? '';
    const verdict = judgeOperator(domain, name);
    if (verdict === 'known') return;
    const path = attributes?.get('ep_cache_context');
    this.#report(
      verdict,
      `${shownName(name) || 'an operator without a name'}${
        domain && ` of ${shownName(domain)}`
      }`,
      at,
    );
    const isPath = path !== undefined && !hasOddCharacters(path);
    if (isPath && judgePath(path)) {
      this.#report(
        'onnx-external-path',
        `${shownName(path)} ${judgePath(path)}`,
        at,
      );
    }
  }

  #tensor(tensor: Kept): void {
    const { texts, numbers, external = [], dims = [], at } = tensor;
    const name = shownName(texts.get('name') ?? '') || 'a tensor';
    const isExternal = numbers.get('data_location') === EXTERNAL;
    if (external.length > 0 || isExternal) {
      this.#external(tensor, name, isExternal);
      return;
    }
    const bits = ITEM_BITS.get(numbers.get('data_type') ?? 0);
    if (tensor.bytes === undefined || bits === undefined) return;
    const items = dims.reduce((product, length) => product * length, 1);
    const bytes = Math.ceil((items * bits) / 8);
    if (bytes !== tensor.bytes || dims.some(length => length < 0)) {
      this.#report(
        'onnx-corrupt',
        `${name} has ${tensor.bytes} bytes for [${dims.join(', ')}]`,
        at,
      );
    }
  }

  #external(
    { external = [], at, bytes }: Kept,
    name: string,
    isSaid: boolean,
  ): void {
    const odd = (why: string) =>
      this.#report('onnx-odd-external', `${name} ${why}`, at);
    const keys = external.map(([key]) => key);
    if (!keys.includes('location')) odd('has no file');
    if (new Set(keys).size < keys.length) odd('tells its place twice');
    if (!isSaid) odd('names a file without being in one');
    if (bytes !== undefined && bytes > 0) odd('is in a file and here too');
    for (const [key, value] of external) {
      if (key === 'location' || key === 'basepath') this.#path(value, name, at);
      else if (key === 'offset' || key === 'length') {
        if (!/^\d{1,15}$/.test(value)) odd(`has ${key} ${shownName(value)}`);
      }
    }
  }

  #path(path: string, name: string, at: number): void {
    const why = judgePath(path);
    if (why) {
      this.#report(
        'onnx-external-path',
        `${name} is in ${shownName(path)}, which ${why}`,
        at,
      );
    } else if (path === '' || hasOddCharacters(path)) {
      this.#report('onnx-odd-external', `${name} is in ${shownName(path)}`, at);
    } else if (this.#files.size < MOST_OPERATORS) {
      this.#files.add(path);
    }
  }
}
