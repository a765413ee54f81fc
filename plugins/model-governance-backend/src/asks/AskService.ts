import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Ask,
  AskDecisionInput,
  AskPage,
  AskState,
} from '@modelhub/backstage-plugin-models-common';

export interface AskService {
  /** Questions of profiles that the caller owns or manages. */
  list(
    credentials: BackstageCredentials,
    query: { state?: AskState[]; cursor?: string; limit?: number },
  ): Promise<AskPage>;
  /**
   * Only a person decides, who owns the profile or manages gateways, and never
   * about a key of their own.
   */
  decide(
    credentials: BackstageCredentials,
    id: string,
    input: AskDecisionInput,
    idempotencyKey?: string,
  ): Promise<Ask>;
}
