import type { Allowlist } from '../allowlist/Allowlist';
import type { Router } from '../routing/Router';
import type { Metrics } from './Metrics';

/** What is looked up only when somebody asks for the metrics. */
export function registerGauges(
  metrics: Metrics,
  parts: {
    allowlist: Pick<Allowlist, 'held' | 'notAfter' | 'issuedAt'>;
    isConnected: () => boolean;
    router: () => Pick<Router, 'openCircuits'>;
    droppedLogLines: () => number;
    now: () => Date;
  },
): void {
  const { allowlist, isConnected, router, droppedLogLines, now } = parts;
  metrics.gauge(
    'snapshot_version',
    'Version of the allowlist.',
    () => allowlist.held?.version ?? 0,
  );
  metrics.gauge(
    'snapshot_seconds_left',
    'Until the allowlist is too old to decide by.',
    () =>
      allowlist.notAfter
        ? (allowlist.notAfter.getTime() - now().getTime()) / 1000
        : 0,
  );
  metrics.gauges(
    'snapshot_age_seconds',
    'Since the control plane was last heard of; absent before the first time.',
    [],
    () =>
      allowlist.issuedAt === undefined
        ? []
        : [
            {
              labels: {},
              value: (now().getTime() - allowlist.issuedAt) / 1000,
            },
          ],
  );
  metrics.gauge(
    'connected',
    '1 while the stream of the control plane is open.',
    () => Number(isConnected()),
  );
  metrics.gauges(
    'circuit_open',
    '1 for each model of a provider that is not called because it failed; 0.5 while one call tries.',
    ['provider', 'model'],
    () =>
      router()
        .openCircuits()
        .map(({ provider, model, state }) => ({
          labels: { provider, model },
          value: state === 'open' ? 1 : 0.5,
        })),
  );
  metrics.gauge(
    'log_lines_dropped',
    'Log lines that were thrown away because nobody read them fast enough.',
    droppedLogLines,
  );
}
