import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type {
  PlaygroundChat,
  PlaygroundDelta,
  PlaygroundDone,
  PlaygroundProblem,
} from '@modelhub/backstage-plugin-models-common';
import type { PlaygroundConfig } from '../readPlaygroundConfig';
import type { GatewayCalls } from '../gateway/GatewayCalls';
import { GatewayRefusal } from '../gateway/refusal';
import type { People } from '../People';
import type { OpenTarget, TargetService } from '../targets/TargetService';
import type { ChatLimits } from './ChatLimits';
import { figuresOf, type Measured } from './figures';

/** As it goes to the caller. */
export type ChatEvent =
  | { event: 'delta'; data: PlaygroundDelta }
  | { event: 'done'; data: PlaygroundDone }
  | { event: 'error'; data: PlaygroundProblem };

export interface ChatServiceOptions {
  people: People;
  targets: Pick<TargetService, 'open' | 'refused'>;
  calls: Pick<GatewayCalls, 'chat'>;
  limits: ChatLimits;
  config: Pick<PlaygroundConfig, 'limits'>;
  /** Milliseconds of a clock that only goes forward. */
  monotonic?: () => number;
}

const now = () => performance.now();

const lengthOf = (messages: PlaygroundChat['messages']) =>
  messages.reduce((sum, { content }) => sum + content.length, 0);

/** Prompts one model for a person. Nothing of prompt or answer is kept. */
export class ChatService {
  static create(options: ChatServiceOptions): ChatService {
    return new ChatService(options);
  }

  readonly #options: ChatServiceOptions;

  private constructor(options: ChatServiceOptions) {
    this.#options = options;
  }

  /**
   * What can be said before the gateway is asked is thrown; what it says is an
   * event. Whoever takes the events has to take them to the end, or to end the
   * signal.
   *
   * @throws InputError, NotAllowedError, NotFoundError, ConflictError, TooManyChats
   */
  async begin(
    request: PlaygroundChat,
    options: { credentials: BackstageCredentials; signal: AbortSignal },
  ): Promise<AsyncGenerator<ChatEvent>> {
    const { people, targets, limits } = this.#options;
    this.#demandBounded(request);
    const person = await people.ofCaller(options.credentials);
    const leave = limits.enter(person.ref);
    try {
      const target = await targets.open(
        { id: request.target, profile: request.profile },
        { person, credentials: options.credentials },
      );
      return this.#answer(request, target, options.signal, leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  async *#answer(
    { messages, settings = {} }: PlaygroundChat,
    target: OpenTarget,
    signal: AbortSignal,
    leave: () => void,
  ): AsyncGenerator<ChatEvent> {
    const { calls, targets, config, monotonic = now } = this.#options;
    const { answerTokens } = config.limits;
    const it: Measured = {
      beganAt: monotonic(),
      endedAt: 0,
      promptCharacters: lengthOf(messages),
      answerCharacters: 0,
    };
    try {
      const pieces = calls.chat(
        {
          secret: target.secret,
          model: target.model,
          messages,
          settings: {
            ...settings,
            maxTokens: Math.min(
              settings.maxTokens ?? answerTokens,
              answerTokens,
            ),
          },
        },
        signal,
      );
      for await (const { text, thought, finishReason, usage } of pieces) {
        if (text || thought) {
          it.lastAt = monotonic();
          it.firstAt ??= it.lastAt;
          it.answerCharacters += (text ?? thought ?? '').length;
        }
        it.finishReason = finishReason ?? it.finishReason;
        it.usage = usage ?? it.usage;
        if (text) yield { event: 'delta', data: { text } };
      }
      it.endedAt = monotonic();
      yield { event: 'done', data: figuresOf(it, target.target.price) };
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof GatewayRefusal && error.status === 401) {
        await targets.refused(target);
      }
      yield { event: 'error', data: problemOf(error) };
    } finally {
      leave();
    }
  }

  #demandBounded({ messages, settings = {} }: PlaygroundChat): void {
    const { promptCharacters, answerTokens } = this.#options.config.limits;
    const length = lengthOf(messages);
    if (length > promptCharacters) {
      throw new InputError(
        `The messages have ${length} characters together, and ${promptCharacters} is the most. Shorten them.`,
      );
    }
    if (messages.at(-1)?.role !== 'user') {
      throw new InputError(
        'The last message has to be the user’s, whom the model is to answer.',
      );
    }
    if (!messages.some(({ role, content }) => role === 'user' && content)) {
      throw new InputError('Write a prompt first.');
    }
    if ((settings.maxTokens ?? 0) > answerTokens) {
      throw new InputError(
        `An answer may have ${answerTokens} tokens here, not ${settings.maxTokens}. Ask for fewer.`,
      );
    }
  }
}

/** In words for the person; never with what was sent. */
function problemOf(error: unknown): PlaygroundProblem {
  if (error instanceof GatewayRefusal) {
    const { message, status, code, retryAfterSeconds, accessUrl } = error;
    return {
      message,
      status,
      ...(code !== undefined && { code }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      ...(accessUrl !== undefined && { accessUrl }),
    };
  }
  const name = error instanceof Error ? error.name : '';
  return name === 'ServiceUnavailableError'
    ? { message: (error as Error).message, status: 503 }
    : { message: 'The connection to the model broke. Try again.', status: 502 };
}
