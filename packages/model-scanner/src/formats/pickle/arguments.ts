import { ARGUMENT, OP } from './opcodes';

/** How the argument of each of the 256 codes is written. */
export const ARGUMENTS: Uint8Array = new Uint8Array(256);

const groups: Array<[number, number[]]> = [
  [
    ARGUMENT.NONE,
    [
      OP.MARK,
      OP.STOP,
      OP.POP,
      OP.POP_MARK,
      OP.DUP,
      OP.NONE,
      OP.BINPERSID,
      OP.REDUCE,
      OP.APPEND,
      OP.BUILD,
      OP.DICT,
      OP.EMPTY_DICT,
      OP.APPENDS,
      OP.LIST,
      OP.EMPTY_LIST,
      OP.OBJ,
      OP.SETITEM,
      OP.TUPLE,
      OP.EMPTY_TUPLE,
      OP.SETITEMS,
      OP.NEWOBJ,
      OP.TUPLE1,
      OP.TUPLE2,
      OP.TUPLE3,
      OP.NEWTRUE,
      OP.NEWFALSE,
      OP.EMPTY_SET,
      OP.ADDITEMS,
      OP.FROZENSET,
      OP.NEWOBJ_EX,
      OP.STACK_GLOBAL,
      OP.MEMOIZE,
      OP.NEXT_BUFFER,
      OP.READONLY_BUFFER,
    ],
  ],
  [ARGUMENT.FIXED1, [OP.BININT1, OP.BINGET, OP.BINPUT, OP.PROTO, OP.EXT1]],
  [ARGUMENT.FIXED2, [OP.BININT2, OP.EXT2]],
  [ARGUMENT.FIXED4, [OP.BININT, OP.LONG_BINGET, OP.LONG_BINPUT, OP.EXT4]],
  [ARGUMENT.FIXED8, [OP.BINFLOAT, OP.FRAME]],
  [
    ARGUMENT.LINE,
    [
      OP.FLOAT,
      OP.INT,
      OP.LONG,
      OP.PERSID,
      OP.STRING,
      OP.UNICODE,
      OP.GET,
      OP.PUT,
    ],
  ],
  [ARGUMENT.LINES, [OP.GLOBAL, OP.INST]],
  [
    ARGUMENT.COUNTED1,
    [OP.SHORT_BINSTRING, OP.SHORT_BINBYTES, OP.SHORT_BINUNICODE, OP.LONG1],
  ],
  [ARGUMENT.COUNTED4, [OP.BINSTRING, OP.BINUNICODE, OP.BINBYTES, OP.LONG4]],
  [ARGUMENT.COUNTED8, [OP.BINUNICODE8, OP.BINBYTES8, OP.BYTEARRAY8]],
];
for (const [argument, codes] of groups) {
  for (const code of codes) ARGUMENTS[code] = argument;
}

/** Opcodes with a length whose bytes are a text. */
export const TEXTS = new Set<number>([
  OP.BINSTRING,
  OP.SHORT_BINSTRING,
  OP.BINUNICODE,
  OP.SHORT_BINUNICODE,
  OP.BINUNICODE8,
]);
