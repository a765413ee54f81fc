/** Keys of the texts of an answer, in the shapes of all routes. */
const PIECES = /"(?:content|text|delta)"\s*:\s*"((?:[^"\\]|\\.)*)/g;

/** Where a provider says so itself. */
const REFUSED =
  /"stop_reason"\s*:\s*"refusal"|"finish_reason"\s*:\s*"content_filter"|"refusal"\s*:\s*"[^"]/;

/** What an answer begins with. */
export interface AnswerStart {
  /** Its first characters; empty where only tools were asked for. */
  text: string;
  /** The provider says that it is a refusal. */
  isRefused: boolean;
}

function unescaped(piece: string): string {
  if (!piece.includes('\\')) {
    return piece;
  }
  try {
    return JSON.parse(`"${piece}"`);
  } catch {
    return piece;
  }
}

/**
 * Reads the beginning of an answer, JSON or events, without parsing the rest.
 *
 * @param most - characters that are wanted
 */
export function answerStart(head: string, most: number): AnswerStart {
  let text = '';
  PIECES.lastIndex = 0;
  for (
    let found = PIECES.exec(head);
    found && text.length < most;
    found = PIECES.exec(head)
  ) {
    text += unescaped(found[1].slice(0, most));
  }
  return { text: text.slice(0, most), isRefused: REFUSED.test(head) };
}

const BYTES = /"bytes"\s*:\s*(?:\[[^\]]*\]|null)/g;
const OTHERS = /"top_logprobs"\s*:\s*\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\]/g;
const LIKELIHOOD = /"logprob"\s*:\s*(-?\d[\d.eE+-]*)/g;

/** Of the first tokens. */
const MOST_TOKENS = 200;

/** How sure the model was of its first tokens: the geometric mean of their likelihoods. */
export function confidenceOf(head: string): number | undefined {
  const own = head.replace(BYTES, '').replace(OTHERS, '');
  let [sum, count] = [0, 0];
  for (const [, text] of own.matchAll(LIKELIHOOD)) {
    const value = Number(text);
    if (value <= 0 && Number.isFinite(value)) {
      sum += value;
      count += 1;
    }
    if (count === MOST_TOKENS) break;
  }
  return count === 0
    ? undefined
    : Math.round(Math.exp(sum / count) * 1000) / 1000;
}
