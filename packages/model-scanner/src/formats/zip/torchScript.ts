import type { RuleId } from '../../rules';
import { shownName } from '../archive/names';

export type ScriptReport = (
  rule: Extract<RuleId, `torchscript-${string}`>,
  message: string,
) => void;

const words = (text: string) => new Set(text.trim().split(/\s+/));

/** Operators of torch that open files, and modules that an archive cannot need. */
const DANGEROUS_ATEN =
  words(`save load from_file _from_file import_ir_module _load_for_lite_interpreter
  load_library jit hub package serialization classes ops utils distributed
  multiprocessing _C _dynamo`);
/** What Python would run, and torch's own calls to other machines. */
const DANGEROUS_CALLS = words(`eval exec compile open input globals locals vars
  __import__ rpc_sync rpc_async rpc_remote rpc_sync_ remote`);
/** Libraries that torch brings along, or that belong to it. */
const LIBRARIES =
  words(`aten prim quantized quantized_decomposed _quantized prepacked mkldnn
  mkldnn_prepacked onednn torchvision torchaudio torchtext image video_reader xnnpack sparse
  inductor profiler metal metal_prepack vulkan vulkan_prepack rnn fb static_runtime cuda
  _nnapi nnapi higher_order mkl mobile prims export`);
/** Classes that such libraries register. */
const CLASSES = words(`quantized xnnpack mkldnn rnn sparse metal vulkan _nnapi
  torchvision torchaudio torchtext profiler cuda`);
const FILES = /file|(^|_)(read|write|save|load|open)(_|$)/;

const TOKEN =
  /[ \t\r\n\\]+|#[^\n]*|'''[\s\S]*?'''|"""[\s\S]*?"""|'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<number>\d[\w.]*)|(?<sign>[\s\S])/uy;

interface Token {
  kind: 'name' | 'value' | 'sign';
  text: string;
}

function* tokensOf(code: string): Generator<Token> {
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(code); found; found = TOKEN.exec(code)) {
    const { name, number, sign } = found.groups ?? {};
    if (name !== undefined) {
      yield { kind: 'name', text: name.normalize('NFKC') };
    } else if (number !== undefined || `'"`.includes(found[0][0])) {
      yield { kind: 'value', text: found[0] };
    } else if (sign !== undefined) yield { kind: 'sign', text: sign };
  }
}

class ScriptJudge {
  readonly #report: ScriptReport;
  readonly #told = new Set<string>();
  /** Names that dots join, while they come. */
  #chain: string[] = [];
  #isAfterDot = false;
  #before: Token = { kind: 'sign', text: '' };
  /** What stood before the chain. */
  #start: Token = { kind: 'sign', text: '' };

  constructor(report: ScriptReport) {
    this.#report = report;
  }

  push(token: Token): void {
    if (token.kind === 'name') {
      if (!this.#isAfterDot) {
        this.#end(token);
        this.#start = this.#before;
        this.#chain = [token.text];
      } else if (this.#chain.length > 0) this.#chain.push(token.text);
      this.#isAfterDot = false;
    } else if (token.text === '.') this.#isAfterDot = true;
    else {
      this.#end(token);
      this.#isAfterDot = false;
    }
    this.#before = token;
  }

  #tell(rule: Parameters<ScriptReport>[0], message: string): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.#report(rule, message);
  }

  #end(next: Token): void {
    const chain = this.#chain;
    this.#chain = [];
    if (chain.length === 0) return;
    const [first, second, third] = chain;
    const path = shownName(chain.join('.'));
    const start = this.#start;
    const dangerous = () =>
      this.#tell('torchscript-dangerous-code', `calls ${path}`);
    if (start.text === '^') {
      this.#tell('torchscript-dangerous-code', `calls ${path} of Python`);
    } else if (start.kind === 'name' && start.text === 'import') {
      if (first !== '__torch__') {
        this.#tell('torchscript-foreign-code', `imports ${path}`);
      }
    } else if (first === 'torch' || first === 'ops') {
      // Under another name it could call anything.
      if (second === undefined) dangerous();
      else if (first === 'torch') {
        if (DANGEROUS_ATEN.has(second)) dangerous();
      } else this.#operator(second, third, path);
    } else if (first === '__torch__') this.#class(chain, path);
    else if (
      chain.length === 1 &&
      next.text === '(' &&
      start.text !== 'def' &&
      DANGEROUS_CALLS.has(first)
    ) {
      dangerous();
    }
  }

  #operator(library: string, name: string | undefined, path: string): void {
    if (
      name === undefined ||
      (library === 'aten' && DANGEROUS_ATEN.has(name)) ||
      (library === 'prim' && /^(rpc_|PythonOp|CallFunction)/.test(name)) ||
      (library !== 'aten' && FILES.test(name))
    ) {
      this.#tell('torchscript-dangerous-code', `calls ${path}`);
    } else if (!LIBRARIES.has(library)) {
      this.#tell('torchscript-foreign-code', `calls ${path}`);
    }
  }

  #class(chain: string[], path: string): void {
    const [, torch, classes, library] = chain;
    const isForeign =
      torch === 'torch' && classes === 'classes' && !CLASSES.has(library ?? '');
    if (isForeign) this.#tell('torchscript-foreign-code', `uses ${path}`);
  }
}

/**
 * Judges code as an archive of TorchScript holds it. That is no Python: what it
 * names are operators of torch, of which few reach beyond the model's tensors.
 *
 * Source: torch 2.9, `torch/csrc/jit/serialization/import_source.cpp`.
 */
export function judgeScript(code: string, report: ScriptReport): void {
  const judge = new ScriptJudge(report);
  for (const token of tokensOf(code)) judge.push(token);
  judge.push({ kind: 'sign', text: '\n' });
}

const OPERATOR = /[A-Za-z_]\w*::[A-Za-z_]\w*/g;
/** Code and length of a text in a pickle of protocol 2. */
const TEXT = 'X'.charCodeAt(0);

/** Judges the operators that the bytecode of a mobile model names. */
export function judgeBytecode(bytes: Buffer, report: ScriptReport): void {
  const names = new Set<string>();
  for (const { 0: found, index } of bytes
    .toString('latin1')
    .matchAll(OPERATOR)) {
    // What follows a text may look like a part of it.
    const isText = index >= 5 && bytes[index - 5] === TEXT;
    const length = isText ? bytes.readUInt32LE(index - 4) : found.length;
    names.add(found.slice(0, length));
  }
  const code = [...names].map(name => `ops.${name.replace('::', '.')}()`);
  judgeScript(code.join('\n'), report);
}
