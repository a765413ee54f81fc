import { OP } from './opcodes';
import { PickleError } from './PickleError';
import type { PickleState } from './PickleState';
import { pythonInt, pythonLiteral, rawUnicodeEscape } from './pythonText';
import { LONGEST_TEXT } from './shortText';
import { Entries, Opaque, Payload, type Value } from './values';

const asText = (text: string): Value =>
  text.length <= LONGEST_TEXT ? text : new Payload(text.length, true);

const shown = (text: string) => JSON.stringify(text.slice(0, 20));

function indexOf(text: string): number {
  const index = pythonInt(text);
  if (index === undefined || index < 0) {
    throw new PickleError(`${shown(text)} is no index`);
  }
  return index;
}

/** Opcodes that make something of what is on the stack. */
export function compose(state: PickleState, code: number): void {
  switch (code) {
    case OP.EMPTY_TUPLE:
      return state.collect('tuple', []);
    case OP.TUPLE1:
      return state.collect('tuple', [state.pop()]);
    case OP.TUPLE2:
      return state.collect('tuple', state.popLast(2));
    case OP.TUPLE3:
      return state.collect('tuple', state.popLast(3));
    case OP.TUPLE:
      return state.collect('tuple', state.popMark());
    case OP.EMPTY_LIST:
      return state.collect('list', []);
    case OP.LIST:
      return state.collect('list', state.popMark());
    case OP.EMPTY_SET:
      return state.collect('set', []);
    case OP.FROZENSET:
      return state.collect('set', state.popMark());
    case OP.EMPTY_DICT:
      return state.push(Entries.empty);
    case OP.DICT: {
      const pairs = state.popMark();
      state.push(Entries.empty);
      return state.setItems(pairs);
    }
    case OP.APPEND:
      return state.append([state.pop()]);
    case OP.APPENDS:
    case OP.ADDITEMS:
      return state.append(state.popMark());
    case OP.SETITEM:
      return state.setItems(state.popLast(2));
    case OP.SETITEMS:
      return state.setItems(state.popMark());
    case OP.STACK_GLOBAL: {
      const name = state.pop();
      return state.push(state.import(state.pop(), name));
    }
    case OP.REDUCE:
    case OP.NEWOBJ: {
      const args = state.pop();
      return state.call(state.pop(), args);
    }
    case OP.NEWOBJ_EX: {
      const named = state.pop();
      state.collect('tuple', [state.pop(), named]);
      const args = state.pop();
      return state.call(state.pop(), args);
    }
    case OP.OBJ: {
      const [callee, ...args] = state.popMark();
      if (callee === undefined) throw new PickleError('OBJ has no class');
      state.collect('tuple', args);
      return state.call(callee, state.pop());
    }
    case OP.BINPERSID:
      return state.persistent(state.pop());
    case OP.NEXT_BUFFER:
      return state.push(Opaque.something);
    case OP.READONLY_BUFFER:
      return undefined;
    default:
      throw new PickleError(`there is no opcode 0x${code.toString(16)}`);
  }
}

/** Opcodes of protocol 0, whose arguments are lines. */
export function readLine(state: PickleState, code: number, text: string): void {
  switch (code) {
    case OP.GLOBAL: {
      const [module, name] = text.split('\n');
      return state.push(state.import(module, name));
    }
    case OP.INST: {
      const [module, name] = text.split('\n');
      const callee = state.import(module, name);
      state.collect('tuple', state.popMark());
      return state.call(callee, state.pop());
    }
    case OP.GET:
      return state.get(indexOf(text));
    case OP.PUT:
      return state.memoize(indexOf(text));
    case OP.PERSID:
      return state.persistent(text);
    case OP.UNICODE:
      return state.push(asText(rawUnicodeEscape(text)));
    case OP.STRING: {
      const literal = pythonLiteral(text);
      if (literal === undefined) throw new PickleError('a text has no quotes');
      return state.push(asText(literal));
    }
    case OP.INT:
    case OP.LONG:
    case OP.FLOAT: {
      const isNumber = /\d/.test(text) || /^\s*[+-]?(inf|nan)/i.test(text);
      if (!isNumber) throw new PickleError(`${shown(text)} is no number`);
      return state.push(pythonInt(text) ?? Opaque.something);
    }
    default:
      throw new PickleError(`there is no opcode 0x${code.toString(16)}`);
  }
}
