import type {
  PlaygroundPrice,
  PlaygroundTarget,
} from '@modelhub/backstage-plugin-models-common';
import {
  countText,
  durationText,
  moneyText,
} from '@modelhub/backstage-plugin-models-react';
import { isOpen, type Turn } from './session';
import type { Figures } from './types';

/** `Qwen3 8B 1.0`. */
export const targetName = ({ title, modelVersion }: PlaygroundTarget) =>
  `${title} ${modelVersion}`;

/** What a price counts, in words. */
export function priceText(price: PlaygroundPrice | undefined): string {
  if (!price) return 'price not known';
  const { currency, perHour, inputPerMTok, outputPerMTok } = price;
  if (price.basis === 'time') {
    return perHour === undefined
      ? 'price not known'
      : `${moneyText(perHour, currency)} an hour`;
  }
  const parts = [
    inputPerMTok !== undefined && `${moneyText(inputPerMTok, currency)} in`,
    outputPerMTok !== undefined && `${moneyText(outputPerMTok, currency)} out`,
  ].filter(Boolean);
  return parts.length
    ? `${parts.join(', ')} for a million tokens`
    : 'price not known';
}

const finishTexts: Record<string, string> = {
  length: 'It was cut off at the most tokens of the settings.',
  content_filter: 'The provider’s filter ended it.',
};

/** Why an answer ended, where that is not the usual end. */
export const finishText = (reason: string | undefined) =>
  reason === undefined ? undefined : finishTexts[reason];

const rate = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });

/** `42.1 tokens/s`. */
export const rateText = (tokensPerSecond: number) =>
  `${rate.format(tokensPerSecond)} tokens/s`;

/** Figures below an answer, as term and value. */
export function figureTexts(figures: Figures): Array<[string, string]> {
  const {
    ttftMs,
    latencyMs,
    tokensPerSecond,
    inputTokens,
    outputTokens,
    cost,
  } = figures;
  const about = figures.tokensEstimated ? 'about ' : '';
  const rows: Array<[string, string | undefined]> = [
    [
      'Time to first token',
      ttftMs === undefined ? undefined : durationText(ttftMs),
    ],
    ['Latency', latencyMs === undefined ? undefined : durationText(latencyMs)],
    [
      'Speed',
      tokensPerSecond === undefined ? undefined : rateText(tokensPerSecond),
    ],
    [
      'Tokens',
      inputTokens === undefined || outputTokens === undefined
        ? undefined
        : `${about}${countText(inputTokens)} in, ${countText(
            outputTokens,
          )} out`,
    ],
    ['Cost', cost ? moneyText(cost.amount, cost.currency) : 'not known'],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== undefined);
}

/**
 * What a screen reader says about a turn: that it began, who is through, and
 * that all are. Never the words of the answers.
 */
export function announcementOf(
  turn: Turn | undefined,
  nameOf: (target: string) => string,
): string {
  if (!turn) return '';
  const ended = turn.targets.filter(target => !isOpen(turn.answers[target]));
  const told = ended.map(target => {
    const { state, figures } = turn.answers[target];
    const name = nameOf(target);
    if (state === 'failed') return `${name} failed.`;
    if (state === 'stopped') return `${name} was stopped.`;
    return figures?.latencyMs === undefined
      ? `${name} has answered.`
      : `${name} has answered in ${durationText(figures.latencyMs)}.`;
  });
  const left = turn.targets.length - ended.length;
  if (left === 0) return told.join(' ');
  return [
    ...told,
    left === 1 ? 'One model answers.' : `${left} models answer.`,
  ].join(' ');
}
