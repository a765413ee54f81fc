import type { Gatekeeper } from '../allowlist/Gatekeeper';
import { ApiError } from '../http/ApiError';
import { readBody } from '../http/readBody';
import { wishOf } from '../identity';
import type { AnswerIds } from '../signals/AnswerIds';
import type { FeedbackReporter } from '../signals';
import { credentialOf } from './credentialOf';
import { Exchange, sendJson } from './RequestHandler';

const PATH = '/v1/feedback';

const LONGEST_BODY = 8 * 1024;

const THUMBS: Readonly<Record<string, number>> = { up: 1, down: 0 };

/** Takes what callers say of answers that they got with the same key. */
export class FeedbackRoute {
  readonly #gatekeeper: Gatekeeper;
  readonly #ids: AnswerIds | undefined;
  readonly #reporter: FeedbackReporter;
  readonly #now: () => Date;

  constructor(options: {
    gatekeeper: Gatekeeper;
    /** Absent where callers cannot judge answers. */
    ids: AnswerIds | undefined;
    reporter: FeedbackReporter;
    now: () => Date;
  }) {
    this.#gatekeeper = options.gatekeeper;
    this.#ids = options.ids;
    this.#reporter = options.reporter;
    this.#now = options.now;
  }

  /** A label for metrics; nothing for another path. */
  labelOf(path: string): string | undefined {
    return path === PATH && this.#ids ? PATH : undefined;
  }

  /** @returns whether it is this route */
  async handle({ req, res, path, fields, common }: Exchange): Promise<boolean> {
    if (req.method !== 'POST' || path !== PATH || !this.#ids) {
      return false;
    }
    const { key } = await this.#gatekeeper.identify(
      credentialOf(req.headers),
      wishOf(req.headers),
    );
    fields.keyId = key.id;
    fields.profile = key.profile;
    const body = parsed(await readBody(req, LONGEST_BODY));
    const score = scoreOf(body);
    const answered =
      typeof body.id === 'string'
        ? this.#ids.open(body.id, key.id, this.#now())
        : undefined;
    if (!answered) {
      throw new ApiError(
        404,
        'unknown_answer',
        "This key got no answer with that id in the last 24 hours. Send the value of the answer's header x-modelhub-answer-id as 'id', with the key that called.",
        { param: 'id' },
      );
    }
    if (!this.#reporter.add({ ...answered, keyId: key.id, score })) {
      throw new ApiError(
        503,
        'feedback_waits',
        'The gateway holds as much feedback as it can. Try again in a minute.',
        { headers: { 'retry-after': '60' } },
      );
    }
    sendJson(res, 202, { object: 'feedback', accepted: true }, common);
    return true;
  }
}

function parsed(bytes: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    if (typeof value === 'object' && value !== null) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Said below.
  }
  throw new ApiError(400, 'invalid_body', 'Send a JSON object.');
}

function scoreOf({ score, thumbs }: Record<string, unknown>): number {
  const value = typeof thumbs === 'string' ? THUMBS[thumbs] : score;
  if (typeof value === 'number' && value >= 0 && value <= 1) {
    return value;
  }
  throw new ApiError(
    400,
    'invalid_score',
    "Send 'score', a number from 0 to 1, or 'thumbs', which is 'up' or 'down'.",
    { param: 'score' },
  );
}
