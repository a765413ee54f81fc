import type { Dialect } from '../http/ApiError';
import type { RouteName } from '../pipeline';

/** A route that carries a model to a provider. */
export interface CallRoute {
  name: RouteName;
  path: string;
  /** Behind the base URL of a provider. */
  upstreamPath: string;
  takes: 'json' | 'multipart' | 'either';
  dialect: Dialect;
  /** A provider that has seen such a call may see it again. */
  repeatable: boolean;
}

const route = (
  name: RouteName,
  upstreamPath: string,
  more: Partial<CallRoute> = {},
): CallRoute => ({
  name,
  path: `/v1${upstreamPath}`,
  upstreamPath,
  takes: 'json',
  dialect: 'openai',
  repeatable: true,
  ...more,
});

/** By their whole path; anything else is unknown. */
export const CALL_ROUTES: ReadonlyMap<string, CallRoute> = new Map(
  [
    route('chat', '/chat/completions'),
    route('completions', '/completions'),
    // May be stored or run in the background by the provider.
    route('responses', '/responses', { repeatable: false }),
    route('embeddings', '/embeddings'),
    route('rerank', '/rerank'),
    route('moderations', '/moderations'),
    route('images', '/images/generations'),
    route('images', '/images/edits', { takes: 'either' }),
    route('images', '/images/variations', { takes: 'multipart' }),
    route('transcription', '/audio/transcriptions', { takes: 'multipart' }),
    route('translation', '/audio/translations', { takes: 'multipart' }),
    route('speech', '/audio/speech'),
    route('messages', '/messages', { dialect: 'anthropic' }),
    route('messages', '/messages/count_tokens', { dialect: 'anthropic' }),
  ].map(it => [it.path, it]),
);
