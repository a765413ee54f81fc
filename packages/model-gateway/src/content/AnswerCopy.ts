import type { AnswerTransform, EventTransform } from '../pipeline';

type Fields = Record<string, unknown>;

/** Of one streamed answer; what comes later is left out. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Writes down an answer as the caller gets it. */
export class AnswerCopy implements AnswerTransform {
  answer: Fields | undefined;
  streamed: unknown[] = [];
  /** Whether the end is missing. */
  isCut = false;

  json(answer: Fields): Fields {
    this.answer = answer;
    return answer;
  }

  events(): EventTransform {
    // Another attempt begins anew.
    this.streamed = [];
    let size = 0;
    return {
      event: data => {
        size += data.length;
        this.isCut = size > MOST_BYTES;
        if (!this.isCut) {
          this.streamed.push(parsed(data));
        }
        return data;
      },
      end: () => undefined,
    };
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
