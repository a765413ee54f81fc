import type { UsageImportSums } from '@modelhub/backstage-plugin-models-common';
import { callsText, countText, moneyText } from '../lib/money';

/** `3 rows: 207 calls, 10,070 tokens in, 40 out, €2.50, US$0.50` */
export function sumsText(sums: UsageImportSums): string {
  const { rows, calls, inputTokens, outputTokens, costs } = sums;
  const parts = [
    ...(calls > 0 ? [callsText(calls)] : []),
    ...(inputTokens > 0 ? [`${countText(inputTokens)} tokens in`] : []),
    ...(outputTokens > 0 ? [`${countText(outputTokens)} tokens out`] : []),
    ...costs.map(({ amount, currency }) => moneyText(amount, currency)),
  ];
  const head = `${countText(rows)} ${rows === 1 ? 'row' : 'rows'}`;
  return parts.length > 0 ? `${head}: ${parts.join(', ')}` : head;
}

/** The days that are touched, in UTC. */
export function daysText({ from, to }: UsageImportSums): string {
  if (from === undefined || to === undefined) return '–';
  const [first, last] = [from.slice(0, 10), to.slice(0, 10)];
  return first === last ? first : `${first} to ${last}`;
}
