import {
  LimitError,
  type FormatReader,
  type ScanContext,
} from '../../engine/FormatReader';
import {
  climbsOut,
  hasOddCharacters,
  linkTarget,
  shownName,
} from '../archive/names';
import { PackedError } from '../archive/PackedError';
import {
  BLOCK,
  hasChecksum,
  isTar,
  readHeader,
  type TarHeader,
} from './tarHeader';
import { SourceInput, StreamInput, type TarInput } from './tarInput';

/** In torch's format before 0.1.10 these pickles name storages. */
const surroundingsOf = (name: string) =>
  /^(\.\/)?(pickle|tensors|storages|sys_info)$/.test(name)
    ? { torch: true }
    : {};

/** Long names and extended headers. */
const MOST_HEADER = 1024 * 1024;
const FILES = '0\u00007S';

/** Tars of every dialect: ustar, pax and GNU's. */
export const tarReader: FormatReader = {
  id: 'tar',
  title: 'a tar',
  extensions: ['tar', 'pt', 'pth', 'nemo', 'ova'],
  matches: ({ head }) => isTar(head),
  read: (source, context) => readTar(new SourceInput(source, context), context),
  readStream: (stream, _, context) =>
    readTar(new StreamInput(stream, context), context),
};

/** What extended headers say of the next member. */
interface Told {
  path?: string;
  linkpath?: string;
  size?: number;
  isSparse?: boolean;
}

async function readTar(input: TarInput, context: ScanContext) {
  const names = new Set<string>();
  const links = new Set<string>();
  let told: Told = {};
  let everywhere: Told = {};
  for (let members = 0; ; members++) {
    context.signal?.throwIfAborted();
    if (members > context.limits.maxMembers) {
      throw new LimitError(
        `has more than ${context.limits.maxMembers} members`,
        'too-large',
      );
    }
    const at = input.at;
    const block = await input.take(BLOCK);
    if (block.length === 0) {
      context.report('archive-corrupt', 'the tar has no end', { offset: at });
      return;
    }
    if (block.every(byte => byte === 0)) {
      await readAfter(input, context);
      return;
    }
    if (block.length < BLOCK) throw new PackedError('a header breaks off');
    const header = readHeader(block);
    if (!header.isValid) {
      context.report(
        'archive-bad-checksum',
        'the header of a member is wrong',
        {
          offset: at,
        },
      );
      // Programs that stop here see an end, others go on: so all is searched.
      if (
        !hasChecksum(block) &&
        block.toString('latin1', 257, 262) !== 'ustar'
      ) {
        await input.scanRest(`hidden@${at}`, block);
        return;
      }
    }
    const padded = Math.ceil(header.size / BLOCK) * BLOCK;
    if ('xgLK'.includes(header.type)) {
      if (padded > MOST_HEADER) throw new PackedError('a header is too long');
      const content = (await input.take(padded)).subarray(0, header.size);
      if (content.length < header.size) {
        throw new PackedError('a header breaks off');
      }
      const says = extended(header.type, content);
      if (header.type === 'g') everywhere = { ...everywhere, ...says };
      else told = { ...told, ...says };
      continue;
    }
    const member = resolve(header, { ...everywhere, ...told }, context, at);
    told = {};
    reportMember(member, at, { names, links }, context);
    const isFile = FILES.includes(member.type);
    const size = isFile || member.size > 0 ? member.size : 0;
    if (size > 0) {
      const name = shownName(member.name) || `member@${at}`;
      await input.scan(name, size, surroundingsOf(member.name));
      const rest = (BLOCK - (size % BLOCK)) % BLOCK;
      const padding = await input.take(rest);
      if (padding.some(byte => byte !== 0)) {
        context.report('archive-hidden-data', 'padding is not empty', {
          offset: input.at - rest,
        });
      }
    }
  }
}

function resolve(
  header: TarHeader,
  told: Told,
  context: ScanContext,
  at: number,
): TarHeader & { isSparse: boolean } {
  if (
    told.size !== undefined &&
    header.size !== 0 &&
    header.size !== told.size
  ) {
    context.report(
      'archive-disagreement',
      `two headers tell of ${header.size} and ${told.size} bytes`,
      { offset: at },
    );
  }
  return {
    ...header,
    name: told.path ?? header.name,
    link: told.linkpath ?? header.link,
    size: told.size ?? header.size,
    isSparse: header.type === 'S' || (told.isSparse ?? false),
  };
}

/** Source: POSIX.1-2017, pax, "pax Extended Header"; GNU tar manual, "Basic Tar Format". */
function extended(type: string, content: Buffer): Told {
  const text = content.toString('utf8').replace(/\0+$/, '');
  if (type === 'L') return { path: text };
  if (type === 'K') return { linkpath: text };
  const told: Told = {};
  for (let at = 0; at < content.length; ) {
    const blank = content.indexOf(0x20, at);
    const digits = content.toString('latin1', at, Math.max(at, blank));
    const length = /^\d{1,9}$/.test(digits) ? Number(digits) : 0;
    const record = content.toString('utf8', blank + 1, at + length - 1);
    const sign = record.indexOf('=');
    if (
      length === 0 ||
      at + length > content.length ||
      sign < 1 ||
      content[at + length - 1] !== 0x0a
    ) {
      throw new PackedError('an extended header is corrupt');
    }
    const [key, value] = [record.slice(0, sign), record.slice(sign + 1)];
    if (key === 'path') told.path = value;
    else if (key === 'linkpath') told.linkpath = value;
    else if (key === 'size') told.size = sizeOf(value);
    else if (key.startsWith('GNU.sparse.')) {
      told.isSparse = true;
      if (key === 'GNU.sparse.name') told.path = value;
    }
    at += length;
  }
  return told;
}

function sizeOf(value: string): number {
  const size = /^\d{1,15}$/.test(value) ? Number(value) : undefined;
  if (size === undefined) throw new PackedError('a size is no number');
  return size;
}

function reportMember(
  { name, type, link, size, isSparse }: TarHeader & { isSparse: boolean },
  offset: number,
  seen: { names: Set<string>; links: Set<string> },
  context: ScanContext,
): void {
  const shown = shownName(name);
  const tell = (rule: Parameters<ScanContext['report']>[0], what: string) =>
    context.report(rule, `${shown} ${what}`, { offset });
  const path = name.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
  if (seen.names.has(path) && type !== '5') {
    tell('archive-duplicate-name', 'is there twice');
  }
  seen.names.add(path);
  if (climbsOut(name)) tell('archive-climbs-out', 'leaves its folder');
  if (hasOddCharacters(name)) {
    tell('archive-odd-member', 'has odd characters');
  }
  const steps = path.split('/');
  if (
    steps.some((_, i) => i > 0 && seen.links.has(steps.slice(0, i).join('/')))
  ) {
    tell('archive-climbs-out', 'is written through a link');
  }
  if (type === '1' || type === '2') {
    seen.links.add(path);
    const target = type === '1' ? link : linkTarget(path, link);
    tell(
      climbsOut(target) ? 'archive-climbs-out' : 'archive-link',
      `is a link to ${shownName(link)}`,
    );
  }
  if ('346'.includes(type)) tell('archive-odd-member', 'is a device or a pipe');
  if (isSparse) tell('archive-unsupported', 'is sparse and not put together');
  if (type === '5' && size > 0) {
    tell('archive-hidden-data', 'is a folder with content');
  }
}

/** A tar ends with a block of zeros; the rest is padding, or hides something. */
async function readAfter(input: TarInput, context: ScanContext) {
  for (;;) {
    const at = input.at;
    const block = await input.take(BLOCK);
    if (block.length === 0) return;
    if (block.every(byte => byte === 0)) continue;
    context.report('archive-hidden-data', 'the file goes on after the tar', {
      offset: at,
    });
    await input.scanRest(`hidden@${at}`, block);
    return;
  }
}
