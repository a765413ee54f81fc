import type * as ClientNode from '@kubernetes/client-node';
import { KubernetesError, type KubernetesStatus } from './KubernetesError';

/** What the server said of a failure. */
export async function failureOf(
  response: ClientNode.ResponseContext,
): Promise<KubernetesError> {
  const text = await response.body.text();
  const status = response.httpStatusCode;
  try {
    return new KubernetesError(status, JSON.parse(text) as KubernetesStatus);
  } catch {
    return new KubernetesError(status, {
      message: text.slice(0, 300) || undefined,
    });
  }
}

/** The innermost word on why a connection failed, for example `ECONNREFUSED`. */
export function reasonOf(error: unknown): string {
  const { cause, code, name, message } = error as Error & {
    code?: string;
    cause?: { code?: string; message?: string };
  };
  if (name === 'TimeoutError') {
    return 'it took too long';
  }
  return cause?.code ?? code ?? cause?.message ?? message;
}
