/**
 * A llama whose weights are written down and not found by training, but for
 * what pieces say of a class and what follows on what.
 *
 *   layer 1  each piece looks for the nearest mark of a role before it, and
 *            learns whether a user says it
 *   layer 2  each piece takes the mean of what the user's pieces say of the class
 *   layer 3  each piece looks for the nearest queue that was answered (writer)
 *
 * What a piece is, and what layers find out, stands in lanes of the embedding of
 * their own. An embedding has length 1, a filler sees to that, so that the norms
 * of layers change nothing.
 */
const HEAD_DIMENSIONS_OF_PAIR = 2;
/** The pair of dimensions whose turn per place measures distance. */
const NEAR = 2 * HEAD_DIMENSIONS_OF_PAIR;
/** One that hardly turns, for what is asked of content. */
const CONTENT = 6 * HEAD_DIMENSIONS_OF_PAIR;
export const CONTEXT = 1024;
/** Radians per place, so that over the whole context nearer always scores more. */
const TURN = 0.0015;
const CONSTANT = 0.4;
const MARK = 0.4;
/** What a class is told in an embedding, at most. */
const LOUDEST = 0.25;
const FEED_FORWARD = 32;

/** Lanes of the embedding. */
const LANE = {
  constant: 0,
  role: 1,
  user: 2,
  assistant: 3,
  answer: 4,
  evidence: 5,
  inUser: 10,
  mean: 11,
  topicTold: 16,
  topic: 21,
  filler: 26,
  code: 27,
};

/** Turns of pair 2 per place are `base ** (-4 / width)`. */
export const ropeBase = width => TURN ** (-width / NEAR);

function matrix(rows, columns, cells = []) {
  const numbers = new Float64Array(rows * columns);
  for (const [row, column, value] of cells) {
    numbers[row * columns + column] = value;
  }
  return { rows, columns, numbers };
}

/** Where a piece looks: the nearest of what has `lane`, or evenly at all that has it. */
function attention(width, { lane, strength, isNearest, moves, gain }) {
  const scale = Math.sqrt(width);
  // Before the norm lanes are at most 1; it multiplies by about √width.
  const near = isNearest ? Math.sqrt((700 * scale) / width) / CONSTANT : 0;
  const ask = Math.sqrt((strength * scale) / width);
  return {
    q: matrix(width, width, [
      [NEAR + 1, LANE.constant, near],
      [CONTENT, LANE.constant, ask / CONSTANT],
    ]),
    k: matrix(width, width, [
      [NEAR, LANE.constant, near],
      [CONTENT, lane, ask],
    ]),
    v: matrix(
      width,
      width,
      moves.map(([from], at) => [at, from, 1 / scale]),
    ),
    output: matrix(
      width,
      width,
      moves.map(([, to], at) => [to, at, gain]),
    ),
  };
}

const lanes = (from, to, count) =>
  Array.from({ length: count }, (_, at) => [from + at, to + at]);

/** Layers for `classes`; the last one only where sentences follow. */
function layersOf(width, classes, isWriter) {
  const layers = [
    {
      lane: LANE.role,
      strength: 8000,
      isNearest: true,
      moves: [[LANE.user, LANE.inUser]],
      gain: 1 / MARK,
    },
    {
      lane: LANE.inUser,
      strength: 40,
      isNearest: false,
      moves: lanes(LANE.evidence, LANE.mean, classes),
      gain: 1,
    },
  ];
  if (isWriter) {
    layers.push({
      lane: LANE.answer,
      strength: 8000,
      isNearest: true,
      moves: lanes(LANE.topicTold, LANE.topic, classes),
      gain: 1 / MARK,
    });
  }
  return layers.map(layer => attention(width, layer));
}

function fill(row) {
  const rest = 1 - row.reduce((sum, value) => sum + value * value, 0);
  if (rest < 0) throw new RangeError('an embedding is longer than 1');
  row[LANE.filler] = Math.sqrt(rest);
}

/**
 * @param width - numbers of an embedding
 * @param answers - ids of the pieces that name a class, in the order of classes
 * @param evidence - what each piece says of each class
 * @param following - of the writer: codes and nexts, and the pieces they are of
 */
export function tensorsOf({ width, vocabulary, answers, evidence, following }) {
  const { size } = vocabulary;
  const classes = answers.length;
  const loudest = Math.max(...evidence.map(Math.abs));
  const embeddings = matrix(size, width);
  const outputs = matrix(size, width);
  const rowOf = ({ numbers }, id) =>
    numbers.subarray(id * width, (id + 1) * width);
  const end = vocabulary.idOf('</s>');
  for (let id = 0; id < size; id++) {
    const row = rowOf(embeddings, id);
    row[LANE.constant] = CONSTANT;
    for (let at = 0; at < classes; at++) {
      const said = evidence[vocabulary.meaningOf(id) * classes + at];
      row[LANE.evidence + at] = (said / loudest) * LOUDEST;
    }
  }
  for (const role of ['system', 'user', 'assistant']) {
    rowOf(embeddings, vocabulary.idOf(`<|${role}|>`))[LANE.role] = MARK;
  }
  rowOf(embeddings, vocabulary.idOf('<|user|>'))[LANE.user] = MARK;
  const isAsked = vocabulary.idOf('<|assistant|>');
  rowOf(embeddings, isAsked)[LANE.assistant] = MARK;
  const gain = Math.sqrt(width);
  answers.forEach((id, at) => {
    const row = rowOf(embeddings, id);
    row[LANE.answer] = MARK;
    if (following) row[LANE.topicTold + at] = MARK;
    const out = rowOf(outputs, id);
    out[LANE.mean + at] = loudest / LOUDEST / gain;
    out[LANE.assistant] = 20;
    out[LANE.constant] = -5;
  });
  if (following) {
    const { pieces, codes, nexts, codeWidth } = following;
    const full = codeWidth + classes;
    pieces.forEach((id, piece) => {
      rowOf(embeddings, id).set(
        codes.subarray(piece * codeWidth, (piece + 1) * codeWidth),
        LANE.code,
      );
      const next = nexts.subarray(piece * full, (piece + 1) * full);
      const out = rowOf(outputs, id);
      out.set(next.subarray(0, codeWidth), LANE.code);
      out.set(next.subarray(codeWidth), LANE.topic);
      out[LANE.constant] += 5;
      out[LANE.assistant] += id === end ? -10 : 0;
    });
  } else {
    rowOf(outputs, end)[LANE.constant] = 8;
    rowOf(outputs, end)[LANE.answer] = 20;
  }
  for (let id = 0; id < size; id++) fill(rowOf(embeddings, id));

  const ones = { rows: 1, columns: width, numbers: new Float64Array(width).fill(1) };
  const still = matrix(FEED_FORWARD, width);
  const layers = layersOf(width, classes, following !== undefined);
  return {
    layers: layers.length,
    feedForward: FEED_FORWARD,
    tensors: [
      { name: 'token_embd.weight', ...embeddings },
      ...layers.flatMap(({ q, k, v, output }, at) => [
        { name: `blk.${at}.attn_norm.weight`, ...ones },
        { name: `blk.${at}.attn_q.weight`, ...q },
        { name: `blk.${at}.attn_k.weight`, ...k },
        { name: `blk.${at}.attn_v.weight`, ...v },
        { name: `blk.${at}.attn_output.weight`, ...output },
        { name: `blk.${at}.ffn_norm.weight`, ...ones },
        { name: `blk.${at}.ffn_gate.weight`, ...still },
        { name: `blk.${at}.ffn_up.weight`, ...still },
        { name: `blk.${at}.ffn_down.weight`, ...matrix(width, FEED_FORWARD) },
      ]),
      { name: 'output_norm.weight', ...ones },
      { name: 'output.weight', ...outputs },
    ],
  };
}
