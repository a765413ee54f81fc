import type { UsageImportSums } from '@modelhub/backstage-plugin-models-common';
import type { ReportedUsage } from '@modelhub/backstage-plugin-models-node';
import { fromMicros } from '../budgets';

/** What items add up to; costs currency by currency. */
export function sumsOf(items: ReportedUsage[]): UsageImportSums {
  const costs = new Map<string, number>();
  const sums = { calls: 0, inputTokens: 0, outputTokens: 0 };
  let [from, to] = [items[0]?.at, items[0]?.at];
  for (const it of items) {
    sums.calls += it.calls ?? 1;
    sums.inputTokens += it.inputTokens ?? 0;
    sums.outputTokens += it.outputTokens ?? 0;
    if (it.currency !== undefined) {
      const before = costs.get(it.currency) ?? 0;
      costs.set(it.currency, before + (it.costMicros ?? 0));
    }
    if (it.at < from) from = it.at;
    if (it.at > to) to = it.at;
  }
  return {
    rows: items.length,
    ...sums,
    costs: [...costs]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, micros]) => ({ currency, amount: fromMicros(micros) })),
    ...(from !== undefined && { from, to }),
  };
}
