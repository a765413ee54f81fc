import type { ScanContext, Surroundings } from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { shownName } from '../archive/names';
import { looksLikePickle, PickleStream } from '../pickle/PickleStream';
import { readSkopsSchema } from './skops';
import { judgeBytecode, judgeScript, type ScriptReport } from './torchScript';
import { readMember, scanMember, type MemberContent } from './zipMember';

const STORED = 0;
/** What a storage begins with is enough to know it as something else. */
const PEEKED = 64 * 1024;
const MOST_CODE = 16 * 1024 * 1024;

/** Small members that torch writes beside the pickle, and what they may hold. */
const NOTES: Record<string, RegExp> = {
  version: /^\d+\n?$/,
  '.data/version': /^\d+\n?$/,
  byteorder: /^(little|big)$/,
  '.data/serialization_id': /^\d*$/,
  '.format_version': /^\d+\n?$/,
  '.storage_alignment': /^\d+\n?$/,
  '.data/extern_modules': /^[\w.\n]*$/,
};
const LONGEST_NOTE = 64 * 1024;

const isStorage = (path: string, isScript: boolean) =>
  /^(\.?data)\/\w+(\.storage)?$/.test(path) && !Object.hasOwn(NOTES, path)
    ? true
    : isScript && /^(constants|tensors|xl_model_weights)\/\w+$/.test(path);

/** A folder, and what in it makes it an archive of torch or of TorchScript. */
const ROOT =
  /^((?:[^/]+\/)?)(?:(data\.pkl|\.data\/extern_modules)$|(code\/|constants\.pkl$|bytecode\.pkl$))/;

/** Which framework wrote a zip, and what its members therefore are. */
export class ArchiveKind {
  /** Folders that may be the archive: torch takes that of the first member. */
  readonly #roots: Set<string>;
  readonly #isScript: boolean;
  readonly #isPackage: boolean;
  readonly #isSkops: boolean;

  static of(names: string[]): ArchiveKind {
    return new ArchiveKind(names);
  }

  private constructor(names: string[]) {
    // Torch looks names up without regard to case.
    const plain = new Set(names.map(name => name.toLowerCase()));
    const roots = new Set<string>();
    const scripts = new Set<string>();
    const packages = new Set<string>();
    for (const name of plain) {
      const [, root = '', mark, script] = ROOT.exec(name) ?? [];
      if (mark) roots.add(root);
      if (script) scripts.add(root);
      if (mark?.startsWith('.')) packages.add(root);
    }
    const isOld = (root: string) =>
      plain.has(`${root}model.json`) && scripts.has(root);
    this.#isScript = [...scripts].some(root => roots.has(root) || isOld(root));
    this.#roots = new Set([...roots, ...[...scripts].filter(isOld)]);
    this.#isPackage = packages.size > 0;
    this.#isSkops = names.includes('schema.json');
  }

  /** What members are told of the archive around them. */
  get inside(): Surroundings {
    if (this.#roots.size === 0) return {};
    return { torch: true, ...(this.#isScript && { torchScript: true }) };
  }

  report(context: ScanContext): void {
    if (this.#isScript) {
      context.report('torchscript-code', 'is a TorchScript archive');
    }
    if (this.#isPackage) {
      context.report('torch-package-code', 'is an archive of torch.package');
    }
  }

  async scan(
    source: ByteSource,
    member: MemberContent,
    context: ScanContext,
  ): Promise<void> {
    const path = this.#path(member.name);
    if (path !== undefined) {
      if (isStorage(path, this.#isScript)) {
        if (await passStorage(source, member, context)) return;
      } else if (Object.hasOwn(NOTES, path)) {
        const note = await readMember(source, member, context, LONGEST_NOTE);
        if (note && NOTES[path].test(note.toString())) return;
      } else if (
        this.#isScript &&
        (await judged(path, source, member, context))
      ) {
        return;
      }
    }
    if (this.#isSkops && member.name === 'schema.json') {
      const schema = await readMember(source, member, context, MOST_CODE);
      if (schema) readSkopsSchema(schema, context);
    }
    await scanMember(source, member, context, this.inside);
  }

  #path(name: string): string | undefined {
    const plain = name.toLowerCase();
    const root = plain.slice(0, plain.indexOf('/') + 1);
    if (this.#roots.has(root)) return plain.slice(root.length);
    return this.#roots.has('') ? plain : undefined;
  }
}

/** Judges the code of TorchScript; returns whether that was all there is to do. */
async function judged(
  path: string,
  source: ByteSource,
  member: MemberContent,
  context: ScanContext,
): Promise<boolean> {
  const isCode = /^code\/.*\.py$/.test(path);
  if (!isCode && path !== 'bytecode.pkl') return false;
  const name = shownName(member.name);
  const code = await readMember(source, member, context, MOST_CODE);
  if (!code) {
    context.report('too-large', `${name} is too large to be judged`, {
      offset: member.dataAt,
    });
    return false;
  }
  const report: ScriptReport = (rule, message) =>
    context.report(rule, `${name} ${message}`, { offset: member.dataAt });
  if (isCode) judgeScript(code.toString(), report);
  else judgeBytecode(code, report);
  return isCode;
}

/**
 * Raw numbers are not read, for nothing in them can run, unless they begin as a
 * pickle does; returns whether that was all there is to do.
 */
async function passStorage(
  source: ByteSource,
  { method, name, dataAt, packed, size }: MemberContent,
  context: ScanContext,
): Promise<boolean> {
  if (method !== STORED || packed !== size || dataAt + packed > source.size) {
    return false;
  }
  const head = await source.read(dataAt, Math.min(PEEKED, packed));
  if (!looksLikePickle(head)) return true;
  const found: Array<Parameters<ScanContext['report']>> = [];
  const stream = PickleStream.searching({
    torch: true,
    report: (rule, offset, message) =>
      found.push([
        rule,
        `${shownName(name)}: ${message}`,
        { offset: dataAt + offset },
      ]),
  });
  stream.push(head);
  stream.end();
  // Numbers may begin like that; they do not go on to import something.
  if (found.some(([rule]) => rule.endsWith('-import'))) {
    for (const finding of found) context.report(...finding);
  }
  return true;
}
