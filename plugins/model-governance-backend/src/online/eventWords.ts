import type { ReadableLedgerEvent } from '../ledger/LedgerStore';

type Words = (event: ReadableLedgerEvent) => string;

function experiment({ payload }: ReadableLedgerEvent): string {
  const { title, profile } = payload;
  return `the experiment “${String(title ?? '')}” with live calls${
    typeof profile === 'string' ? ` of the profile “${profile}”` : ''
  }`;
}

/** Events of experiments, after the name of who did it. */
export const onlineDeeds: Record<string, Words> = {
  'online.planned': event => `planned ${experiment(event)}`,
  'online.consented': event => `consented to ${experiment(event)}, which began`,
  'online.consent-withdrawn': event =>
    `withdrew the consent to ${experiment(event)}, which ended`,
  'online.stopped': event => `stopped ${experiment(event)}`,
};

const ITSELF: Record<string, string> = {
  worse: 'the challenger is worse than the margin allows',
  failing: 'the challenger fails too often',
  'not-allowed': 'a model is not allowed any more',
  'old-gateway': 'a gateway does not know experiments',
  drift: 'calls of the challenger are not as they were',
};

function stoppedItself(event: ReadableLedgerEvent): string {
  const because = ITSELF[String(event.payload.kind)];
  return `Stopped ${experiment(event)}${because ? `: ${because}` : ''}`;
}

/** Events of experiments that nobody did. */
export const onlineHappenings: Record<string, Words> = {
  'online.consent-withdrawn': event =>
    `Ended ${experiment(event)}: who consented leads the owner no more`,
  'online.stopped': stoppedItself,
  'online.ended': event => `The time of ${experiment(event)} was over`,
  'online.filed': event =>
    `Filed what ${experiment(event)} showed of the ${String(
      event.payload.arm ?? 'model',
    )} as a result`,
};
