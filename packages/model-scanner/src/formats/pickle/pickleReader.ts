import type { FormatReader, ScanContext } from '../../engine/FormatReader';
import { rules } from '../../rules';
import { MemorySource, type ByteSource } from '../../source';
import { streamInPlace } from '../../source/ByteSource';
import { beginsSafetensors } from '../safetensors';
import { disguiseOf } from './disguises';
import { PickleMachine } from './PickleMachine';
import { looksLikePickle, PickleStream } from './PickleStream';

/** Extensions under which frameworks write pickles. */
const EXTENSIONS = 'pkl pickle pt pth bin ckpt joblib dill skops mar p'.split(
  ' ',
);

/** A protocol of 2 to 5, and something that may follow. */
export const beginsPickle = (bytes: Buffer) =>
  bytes.length >= 2 && bytes[0] === 0x80 && bytes[1] >= 1 && bytes[1] <= 5;

/** Protocols 0 and 1 have no mark: these begin what frameworks wrote. */
const OLD =
  /^(c[A-Za-z_][\w.]*\n[A-Za-z_][\w.]*\n|\(dp?\d*\n|\(lp?\d*\n|\(i[A-Za-z_][\w.]*\n|\(c[A-Za-z_][\w.]*\n|[\]}][(q]|\(\(?[lSVUXIFK])/;

/** So many opcodes in a row are no accident. */
const LEAST_OPCODES = 64;

export const beginsOldPickle = (bytes: Buffer) =>
  OLD.test(bytes.toString('latin1', 0, 512));

/** What an unpickler makes of these bytes. */
function outcomeOf(bytes: Buffer): { runs: boolean; imports: boolean } {
  let [isHarmful, isSuspicious] = [false, false];
  const machine = new PickleMachine({
    report: rule => {
      isHarmful ||= rules[rule].severity === 'critical';
      isSuspicious ||= rule.endsWith('-import');
    },
    persistentIds: true,
  });
  try {
    machine.push(bytes);
  } catch {
    return { runs: isHarmful, imports: isHarmful };
  }
  return {
    runs: machine.stopped || isHarmful || machine.opcodes >= LEAST_OPCODES,
    imports: isHarmful || (machine.stopped && isSuspicious),
  };
}

/** Whether an unpickler gets to the end of these bytes, or does harm before. */
const runs = (bytes: Buffer) => outcomeOf(bytes).runs;

/** What text stood for is a pickle, a zip or a gzip, not just letters. */
const beginsAnything = (bytes: Buffer) =>
  looksLikePickle(bytes) ||
  beginsOldPickle(bytes) ||
  disguiseOf(bytes) === 'packed';

/** Pickles, one after another, and what lies between and after them. */
export const pickleReader: FormatReader = {
  id: 'pickle',
  title: 'a pickle',
  extensions: EXTENSIONS,
  matches: ({ head, extension }) =>
    // The length before a header of safetensors may look like the mark.
    (beginsPickle(head) && (!beginsSafetensors(head) || runs(head))) ||
    (EXTENSIONS.includes(extension) && beginsOldPickle(head)),
  read: readPickles,
  readStream: (stream, _, context) => followPickles(stream, context),
};

/** Looks for pickles without a mark and without a name that says so. */
export const oldPickleReader: FormatReader = {
  id: 'pickle',
  title: 'a pickle',
  extensions: EXTENSIONS,
  isFallback: true,
  matches: ({ head }) => beginsOldPickle(head) || runs(head),
  insists: ({ head }) => outcomeOf(head).imports,
  read: readPickles,
};

async function readPickles(source: ByteSource, context: ScanContext) {
  await followPickles(streamInPlace(source), context);
}

async function followPickles(
  bytes: AsyncIterable<Buffer>,
  context: ScanContext,
) {
  const hidden: MemorySource[] = [];
  const stream = new PickleStream({
    onHidden: (value, offset, disguise) => {
      if (disguise !== 'packed' && !beginsAnything(value)) return;
      context.spend(value.length);
      hidden.push(new MemorySource(`value@${offset}`, value));
      const what = disguise === 'packed' ? 'a file' : `a file in ${disguise}`;
      context.report('pickle-nested', `a value is ${what}`, { offset });
    },
    report: (rule, offset, message) =>
      context.report(rule, message, { offset }),
    torch: context.surroundings.torch ?? false,
    torchScript: context.surroundings.torchScript,
  });
  try {
    for await (const chunk of bytes) {
      context.signal?.throwIfAborted();
      stream.push(chunk);
      await scanHidden(hidden, context);
    }
  } finally {
    stream.end();
  }
  await scanHidden(hidden, context);
}

async function scanHidden(parts: MemorySource[], context: ScanContext) {
  for (const part of parts.splice(0)) {
    await context.scanPart(part, context.surroundings);
  }
}
