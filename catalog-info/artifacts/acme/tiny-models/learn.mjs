/** Learns by full-batch gradient descent from fixed beginnings: the same texts give the same numbers. */

/** Shares that add up to 1, from scores. */
function softmax(scores) {
  const most = Math.max(...scores);
  const powers = scores.map(score => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map(power => power / sum);
}

/** Steps of Adam over one array of numbers. Source: Kingma and Ba, 2014. */
class Adam {
  #numbers;
  #first;
  #second;
  #rate;
  #steps = 0;

  constructor(numbers, rate) {
    this.#numbers = numbers;
    this.#first = new Float64Array(numbers.length);
    this.#second = new Float64Array(numbers.length);
    this.#rate = rate;
  }

  step(slopes) {
    this.#steps += 1;
    const one = 1 - 0.9 ** this.#steps;
    const two = 1 - 0.999 ** this.#steps;
    slopes.forEach((slope, at) => {
      this.#first[at] += 0.1 * (slope - this.#first[at]);
      this.#second[at] += 0.001 * (slope * slope - this.#second[at]);
      this.#numbers[at] -=
        (this.#rate * (this.#first[at] / one)) /
        (Math.sqrt(this.#second[at] / two) + 1e-8);
    });
  }
}

/**
 * What each piece says for each class, so that the mean over the pieces of a
 * text tells its class: multinomial logistic regression.
 *
 * @param examples - ids of pieces and class of each text
 * @returns rows of `classes` numbers, one for each of `size` pieces
 */
export function learnEvidence(examples, { size, classes, steps, decay }) {
  const weights = new Float64Array(size * classes);
  const adam = new Adam(weights, 0.5);
  for (let step = 0; step < steps; step++) {
    const slopes = weights.map(weight => decay * weight);
    for (const { ids, of } of examples) {
      // The mark before the text is a piece too, and says nothing.
      const share = 1 / (ids.length + 1);
      const scores = Array.from({ length: classes }, (_, row) =>
        ids.reduce((sum, id) => sum + weights[id * classes + row] * share, 0),
      );
      softmax(scores).forEach((chance, row) => {
        const error = (chance - (row === of ? 1 : 0)) * share;
        for (const id of ids) {
          slopes[id * classes + row] += error / examples.length;
        }
      });
    }
    adam.step(slopes);
  }
  return weights;
}

/** Numbers between -0.5 and 0.5 that look like chance and are always the same. */
function* chances() {
  let state = 0x9e3779b9;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32 - 0.5;
  }
}

/**
 * Codes of pieces, and for each piece how much it wants to follow each code and
 * topic: after (piece, topic) the next piece has score `gain * next · (code,
 * topic)`.
 *
 * @param pairs - `{ piece, topic, next }`, all of them counted from 0
 */
export function learnFollowing(pairs, { pieces, topics, width, gain, steps }) {
  const random = chances();
  const codes = Float64Array.from({ length: pieces * width }, () =>
    random.next().value,
  );
  const full = width + topics;
  const nexts = Float64Array.from({ length: pieces * full }, () =>
    random.next().value,
  );
  const steppers = [new Adam(codes, 0.01), new Adam(nexts, 0.02)];
  for (let step = 0; step < steps; step++) {
    const codeSlopes = codes.map(code => 1e-4 * code);
    const nextSlopes = nexts.map(next => 1e-5 * next);
    for (const { piece, topic, next } of pairs) {
      const code = piece * width;
      const scores = Array.from({ length: pieces }, (_, to) => {
        let sum = nexts[to * full + width + topic];
        for (let at = 0; at < width; at++) {
          sum += nexts[to * full + at] * codes[code + at];
        }
        return gain * sum;
      });
      softmax(scores).forEach((chance, to) => {
        const error =
          (gain * (chance - (to === next ? 1 : 0))) / pairs.length;
        nextSlopes[to * full + width + topic] += error;
        for (let at = 0; at < width; at++) {
          nextSlopes[to * full + at] += error * codes[code + at];
          codeSlopes[code + at] += error * nexts[to * full + at];
        }
      });
    }
    steppers[0].step(codeSlopes);
    steppers[1].step(nextSlopes);
    shorten(codes, width);
  }
  return { codes, nexts };
}

const LONGEST_CODE = 0.6;

/** A token's code has to leave room for what else stands in its embedding. */
function shorten(codes, width) {
  for (let from = 0; from < codes.length; from += width) {
    const length = Math.hypot(...codes.subarray(from, from + width));
    if (length <= LONGEST_CODE) continue;
    for (let at = from; at < from + width; at++) {
      codes[at] *= LONGEST_CODE / length;
    }
  }
}
