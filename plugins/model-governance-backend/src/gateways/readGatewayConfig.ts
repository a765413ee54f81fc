import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { DeclaredGateway } from './GatewayService';

const LEAST_TOKEN = 20;

/** How long snapshots live, and which gateways enrol without an invitation. */
export function readGatewayConfig(config: Config): {
  declared: DeclaredGateway[];
  maxAgeSeconds: number;
  heartbeatSeconds: number;
} {
  const declared = (
    config.getOptionalConfigArray('modelGovernance.gateways') ?? []
  ).map(item => ({
    name: item.getString('name'),
    enrolmentToken: item.getString('enrolmentToken'),
  }));
  for (const { name, enrolmentToken } of declared) {
    if (enrolmentToken.length < LEAST_TOKEN) {
      throw new InputError(
        `modelGovernance.gateways: the enrolmentToken of '${name}' is shorter than ${LEAST_TOKEN} characters. Make one with: openssl rand -hex 32`,
      );
    }
  }
  const snapshot = config.getOptionalConfig('modelGovernance.snapshot');
  const maxAgeSeconds = snapshot?.getOptionalNumber('maxAgeSeconds') ?? 900;
  const heartbeatSeconds =
    snapshot?.getOptionalNumber('heartbeatSeconds') ?? 15;
  if (heartbeatSeconds < 1 || maxAgeSeconds < 2 * heartbeatSeconds) {
    throw new InputError(
      'modelGovernance.snapshot: heartbeatSeconds is at least 1, and maxAgeSeconds at least twice as long.',
    );
  }
  return { declared, maxAgeSeconds, heartbeatSeconds };
}
