import type { RouteName } from '../pipeline';

/**
 * Names of `gen_ai.operation.name`; those that the conventions do not know are
 * the routes' own.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai/
 */
const OPERATIONS: Partial<Record<RouteName, string>> = {
  chat: 'chat',
  messages: 'chat',
  responses: 'chat',
  completions: 'text_completion',
  embeddings: 'embeddings',
};

/** What a call does, in OpenTelemetry's words. */
export function operationOf(route: RouteName): string {
  return OPERATIONS[route] ?? route;
}
