import type { Clock } from '@modelhub/backstage-plugin-models-node';
import { metrics } from '@opentelemetry/api';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { PolicySource } from '@modelhub/policies';
import { exceptionsIn } from './exceptionsInForce';
import { stateOf } from './waiverState';
import type { WaiverStore } from './WaiverStore';

const MINUTE_MS = 60_000;

/**
 * How many waivers and exceptions count, for whoever watches the portal:
 * `modelhub.waivers` and `modelhub.policy_exceptions`, each by state. They are
 * counted once a minute at most, however often they are read.
 */
export function measureWaivers(options: {
  store: Pick<WaiverStore, 'counts'>;
  policies: { inForce(): { sources: PolicySource[] } };
  clock: Clock;
  logger: LoggerService;
}): () => void {
  const { store, policies, clock, logger } = options;
  const meter = metrics.getMeter('@modelhub/model-governance');
  const waivers = meter.createObservableGauge('modelhub.waivers', {
    description: 'Waivers of checks by state: active, ending, ended',
  });
  const exceptions = meter.createObservableGauge('modelhub.policy_exceptions', {
    description: 'Exceptions in policies by state: active, ending, ended',
  });
  let counted: { at: number; waivers: Record<string, number> } | undefined;

  const observe: Parameters<
    typeof meter.addBatchObservableCallback
  >[0] = async result => {
    try {
      const now = clock.now();
      if (!counted || now.getTime() - counted.at > MINUTE_MS) {
        counted = {
          at: now.getTime(),
          waivers: await store.counts({}, now),
        };
      }
      for (const [state, n] of Object.entries(counted.waivers)) {
        result.observe(waivers, n, { state });
      }
      const states = exceptionsIn(policies.inForce().sources).map(
        ({ endsAt }) => stateOf(endsAt, now),
      );
      for (const state of ['active', 'ending', 'ended']) {
        const n = states.filter(one => one === state).length;
        result.observe(exceptions, n, { state });
      }
    } catch (error) {
      logger.warn('Waivers could not be counted', error as Error);
    }
  };
  meter.addBatchObservableCallback(observe, [waivers, exceptions]);
  return () =>
    meter.removeBatchObservableCallback(observe, [waivers, exceptions]);
}
