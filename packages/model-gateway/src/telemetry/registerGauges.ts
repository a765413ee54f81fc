import type { Allowlist } from '../allowlist/Allowlist';
import type { Router } from '../routing/Router';
import type { BudgetLevel, UsageHealth } from '../usage';
import type { Metrics } from './Metrics';

/** What is looked up only when somebody asks for the metrics. */
export function registerGauges(
  metrics: Metrics,
  parts: {
    allowlist: Pick<Allowlist, 'held' | 'notAfter' | 'issuedAt'>;
    isConnected: () => boolean;
    router: () => Pick<Router, 'openCircuits'>;
    droppedLogLines: () => number;
    usage: () => UsageHealth;
    budgets: () => Iterable<BudgetLevel>;
    now: () => Date;
  },
): void {
  const { allowlist, isConnected, router, droppedLogLines, usage, now } = parts;
  const budgetGauge = (name: 'left' | 'amount', help: string) =>
    metrics.gauges(
      `budget_${name}`,
      help,
      ['budget', 'month', 'currency'],
      () =>
        [...parts.budgets()].map(({ [name]: value, ...it }) => ({
          labels: { budget: it.budget, month: it.month, currency: it.currency },
          value,
        })),
    );
  budgetGauge(
    'left',
    'What nobody has spent of a monthly budget, in whole units of the currency; of those that calls were charged to of late.',
  );
  budgetGauge('amount', 'The whole of such a budget.');
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
  metrics.gauge(
    'usage_spool_bytes',
    'Usage records that the control plane has not taken yet.',
    () => usage().spoolBytes,
  );
  metrics.gauge(
    'usage_spool_batches',
    'Batches of usage records that wait to be sent.',
    () => usage().spoolSegments,
  );
  metrics.gauge(
    'usage_rejected_batches',
    'Batches that the control plane refused for good; they stay in the spool.',
    () => usage().rejectedBatches,
  );
  metrics.gauge(
    'usage_leases_connected',
    '1 while the control plane answers for shared limits and budgets.',
    () => Number(usage().leasesConnected),
  );
}
