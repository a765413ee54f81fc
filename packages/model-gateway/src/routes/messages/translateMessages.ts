import { ApiError } from '../../http/ApiError';
import type { AnswerTranslator } from '../../upstream/changeAnswer';
import type { CallRoute } from '../callRoutes';
import { toChatRequest } from './toChatRequest';
import { toMessage, toMessageError } from './toMessage';
import { MessageStream } from './MessageStream';

/**
 * A call of Anthropic's messages as a chat completion, for providers that do
 * not speak messages, and the way back.
 *
 * @throws ApiError 400 that names what cannot be translated
 */
export function translateMessages(
  route: CallRoute,
  body: Record<string, unknown>,
  model: string,
): { path: string; body: Buffer; translator: AnswerTranslator } {
  if (route.upstreamPath !== '/messages') {
    throw new ApiError(
      400,
      'unsupported_route',
      'The provider of this model does not count tokens beforehand.',
    );
  }
  const name = String(body.model);
  return {
    path: '/chat/completions',
    body: Buffer.from(JSON.stringify(toChatRequest(body, model))),
    translator: {
      json: answer => toMessage(answer, name),
      error: toMessageError,
      stream: () => new MessageStream(name),
    },
  };
}
