import { onlineMeasureOf } from './measures';

/**
 * What an owner consents to.
 *
 * @public
 */
export interface OnlineConsentSubject {
  title: string;
  profileTitle: string;
  purpose: string;
  tiers: readonly string[];
  control: { gatewayId: string; version: string };
  challenger?: { gatewayId: string; version: string };
  share: number;
  sampling: number;
  pinned: boolean;
  scorers: ReadonlyArray<{
    metric: string;
    type: string;
    direction?: 'higher' | 'lower';
  }>;
  days: number;
}

const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`;

const named = ({
  gatewayId,
  version,
}: {
  gatewayId: string;
  version: string;
}) => `${gatewayId}@${version}`;

/** The header by which a call stays out, and by which an answer says that it took part. @public */
export const ONLINE_EVALUATION_HEADER = 'x-modelhub-evaluation';

/**
 * The text that the owner of a profile consents to, line by line. The same for
 * the same experiment: its hash is in the ledger.
 *
 * @public
 */
export function onlineConsentText(it: OnlineConsentSubject): string {
  const who = `calls of the access profile “${
    it.profileTitle
  }” for the purpose ${it.purpose} at the tiers ${it.tiers.join(', ')}`;
  const pins = it.pinned
    ? `, also those that ask for exactly ${named(it.control)}`
    : '';
  const scorers = it.scorers.map(({ metric, type }) => {
    const title = onlineMeasureOf(it.scorers, metric)?.title ?? type;
    return `${metric} (${title.toLocaleLowerCase('en-GB')})`;
  });
  return [
    `“${it.title}” is about ${who} that ask for ${it.control.gatewayId}${pins}.`,
    it.challenger
      ? `${percent(it.share)} of the callers get answers of ${named(
          it.challenger,
        )} instead of ${named(
          it.control,
        )}, and always the same one in a conversation. Both are approved for them, or the call stays with the model that it asked for.`
      : `No call gets another model than it asked for.`,
    `${percent(
      it.sampling,
    )} of the answers are scored inside the gateway after they were sent: ${[
      ...scorers,
      'latency, tokens, cost and failures',
    ].join(', ')}.`,
    'What was asked and answered does not leave the gateway for it and is not kept. Numbers, a random id, the minute and one of 128 groups of callers are; nobody’s name or key.',
    `Answers that take part say so in the header ${ONLINE_EVALUATION_HEADER}; a call that sends ${ONLINE_EVALUATION_HEADER}: off stays out.`,
    `It ends after ${it.days} ${
      it.days === 1 ? 'day' : 'days'
    }, and within seconds when a lead of the group that owns the profile withdraws this consent, which is possible at any time.`,
  ].join('\n');
}
