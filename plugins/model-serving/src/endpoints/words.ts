import type {
  EndpointCostEstimate,
  EndpointQuotaFigure,
  EndpointResources,
  EvaluationEndpoint,
} from '@modelhub/backstage-plugin-models-common';
import { moneyText } from '@modelhub/backstage-plugin-models-react';

const figure = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** `1 × l4-24gb, 4 cores, 16 GiB`. */
export function resourcesText(it: EndpointResources): string {
  const gpus = it.gpu
    ? `${it.gpus} × ${it.gpu}`
    : `${it.gpus} ${it.gpus === 1 ? 'GPU' : 'GPUs'}`;
  return [
    it.gpus > 0 ? gpus : 'no GPU',
    `${figure.format(it.cpu)} ${it.cpu === 1 ? 'core' : 'cores'}`,
    `${figure.format(it.memoryGiB)} GiB of memory`,
  ].join(', ');
}

/** `4 hours`, `30 minutes`. */
export function hoursText(hours: number): string {
  if (hours < 1) return `${figure.format(hours * 60)} minutes`;
  return `${figure.format(hours)} ${hours === 1 ? 'hour' : 'hours'}`;
}

/** What an endpoint would cost, or that nobody knows. */
export function estimateText(cost: EndpointCostEstimate): string {
  if (!cost.known || cost.amount === undefined) return 'Not known';
  const currency = cost.currency ?? 'USD';
  const hourly =
    cost.perHour === undefined
      ? ''
      : `, ${moneyText(cost.perHour, currency)} an hour`;
  return `${moneyText(cost.amount, currency)} for ${hoursText(
    cost.hours,
  )}${hourly}`;
}

/** `€0.42`, or that nobody knows. */
export function costSoFarText({ cost }: Pick<EvaluationEndpoint, 'cost'>) {
  return cost.known
    ? moneyText(cost.soFar.amount, cost.soFar.currency)
    : 'Not known';
}

/** `1 of 2`, or `1` where nothing bounds it. */
export function quotaText({ used, limit }: EndpointQuotaFigure): string {
  return limit === undefined ? `${used}, no limit` : `${used} of ${limit}`;
}

/** `Second in the queue`-like words: position 1 is next. */
export function queueText(position: number): string {
  return position <= 1
    ? 'Next in the queue'
    : `Number ${position} in the queue`;
}

const endReasons: Record<
  NonNullable<EvaluationEndpoint['endReason']>,
  string
> = {
  stopped: 'Stopped by a person',
  'time-over': 'Its time was over',
  'start-timeout': 'It took too long to start',
  'approval-ended': 'Its approval ended or was suspended',
  'model-unavailable': 'The model may not be used any more',
  'left-team': 'Its owner left the team',
  'engine-failed': 'The engine failed',
  'key-refused': 'Its gateway key was refused',
  refused: 'The checks said no',
};

/** Why it ended, in words. */
export const endReasonText = (
  reason: NonNullable<EvaluationEndpoint['endReason']>,
) => endReasons[reason] ?? reason;
