import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';

/**
 * A request of any route; naming the routes' own types costs the compiler minutes.
 *
 * @public
 */
export type HttpRequest = Parameters<HttpAuthService['credentials']>[0];

/**
 * Runs a mutation between the two halves of an audit event.
 *
 * @public
 */
export async function audited<T>(
  auditor: AuditorService,
  options: {
    eventId: string;
    request?: HttpRequest;
    severityLevel?: 'low' | 'medium' | 'high' | 'critical';
    meta?: JsonObject;
  },
  work: () => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent({
    severityLevel: 'medium',
    ...options,
  });
  try {
    const answer = await work();
    await event.success();
    return answer;
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
}
