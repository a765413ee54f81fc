import { endpointToken } from '@modelhub/governance-protocol';
import type { DeploymentRequest } from '@modelhub/backstage-plugin-models-node';
import type { EndpointRecord } from '../../endpoints/records';
import type { LookOptions } from './LookFacts';

const HOUR_MS = 3_600_000;

/** What the engine gets. Its own clock ends it where the hub is gone. */
export function deploymentRequest(
  endpoint: EndpointRecord,
  { clock, config }: Pick<LookOptions, 'clock' | 'config'>,
): DeploymentRequest {
  const { state, deadline = clock.now(), hours } = endpoint;
  const last = state === 'ready' ? deadline : deadline + hours * HOUR_MS;
  return {
    id: endpoint.id,
    kind: 'evaluation',
    team: endpoint.team,
    owner: endpoint.owner,
    model: endpoint.model,
    resources: endpoint.resources,
    replicas: { min: 1, max: 1 },
    token: endpointToken(config.endpointSecret ?? '', endpoint.id),
    expiresAt: clock.shown(last).toISOString(),
  };
}
