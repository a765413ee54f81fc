import { ARGUMENTS } from './arguments';
import { ARGUMENT, OP } from './opcodes';
import { PickleError } from './PickleError';

/** So many opcodes in a row are worth following. */
const ENOUGH = 8;

/** From one of these something may come. */
const TELLING = new Set<number>([
  OP.GLOBAL,
  OP.STACK_GLOBAL,
  OP.INST,
  OP.OBJ,
  OP.REDUCE,
  OP.NEWOBJ,
  OP.NEWOBJ_EX,
  OP.BUILD,
  OP.EXT1,
  OP.EXT2,
  OP.EXT4,
  OP.PERSID,
  OP.BINPERSID,
]);

const WIDTHS: Record<number, number> = {
  [ARGUMENT.NONE]: 0,
  [ARGUMENT.FIXED1]: 1,
  [ARGUMENT.FIXED2]: 2,
  [ARGUMENT.FIXED4]: 4,
  [ARGUMENT.FIXED8]: 8,
};

/**
 * Whether these bytes may do something when they are taken for opcodes. Numbers
 * are seldom even valid: a cheap look spares following nearly all of them.
 */
export function mayBeOpcodes(bytes: Buffer, from: number): boolean {
  let at = from;
  for (let count = 0; count < ENOUGH && at < bytes.length; count++) {
    const code = bytes[at];
    if (ARGUMENTS[code] === 0) return false;
    if (TELLING.has(code)) return true;
    const width = WIDTHS[ARGUMENTS[code]];
    if (width === undefined) return true;
    at += 1 + width;
  }
  return true;
}

/** Whether a machine could follow these bytes and wants more. */
export function isAlive(
  machine: { push(bytes: Buffer): number; readonly stopped: boolean },
  bytes: Buffer,
): boolean {
  try {
    machine.push(bytes);
    return !machine.stopped;
  } catch (error) {
    if (error instanceof PickleError) return false;
    throw error;
  }
}
