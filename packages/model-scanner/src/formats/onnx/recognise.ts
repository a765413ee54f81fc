import { MODEL, GRAPH } from './schema';

const LONGEST_NOTE = 1024;
const isNote = (bytes: Buffer) =>
  /^[\p{L}\p{N}\p{P}\p{S} ]*$/u.test(bytes.toString());

/**
 * Whether bytes begin as a model of ONNX does: the fields in front of the graph
 * are those of a model, with texts for texts, and the graph begins with fields
 * of a graph. What is named as one need not have honest texts, so that it cannot
 * be taken for something else.
 */
export function beginsOnnx(
  head: Buffer,
  size: number,
  isNamed: boolean,
): boolean {
  let at = 0;
  let isTold = false;
  while (at < head.length) {
    const tag = head[at];
    // Fields from 16 on have a tag of two bytes.
    const isLong = tag >= 0x80;
    const number = isLong
      ? ((tag & 0x7f) | ((head[at + 1] ?? 0) << 7)) >> 3
      : tag >> 3;
    const wire = tag & 7;
    const known = MODEL.fields.get(number);
    if (!known) return false;
    const value = varintAt(head, at + (isLong ? 2 : 1));
    if (!value) return false;
    if (known.kind === 'number') {
      if (wire !== 0) return false;
      if (number === 1) {
        if (value.number < 1 || value.number > 1000) return false;
        isTold = true;
      }
      at = value.end;
      continue;
    }
    const end = value.end + value.number;
    if (wire !== 2 || end > size) return false;
    if (known.kind === 'text' && !isNamed) {
      if (value.number > LONGEST_NOTE) return false;
      if (!isNote(head.subarray(value.end, end))) return false;
    }
    if (number === 7) {
      return value.number === 0
        ? isTold
        : beginsGraph(head.subarray(value.end), value.number);
    }
    at = end;
  }
  // Something long stands in front of the graph.
  return isTold && at < size;
}

function beginsGraph(head: Buffer, length: number): boolean {
  const [tag] = head;
  const known = GRAPH.fields.get(tag >> 3);
  const value = varintAt(head, 1);
  if (!known || (tag & 7) !== 2 || !value) return false;
  return value.end + value.number <= length;
}

function varintAt(
  bytes: Buffer,
  from: number,
): { number: number; end: number } | undefined {
  let number = 0;
  for (let i = 0; i < 10 && from + i < bytes.length; i++) {
    const byte = bytes[from + i];
    number += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { number, end: from + i + 1 };
  }
  return undefined;
}
