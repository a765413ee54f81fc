import type { AskDecisionInput } from '@modelhub/backstage-plugin-models-common';

/** Something that a person can say about a held call. */
export interface Decision {
  id: AskDecisionInput['decision'];
  label: string;
  /** What will happen. */
  effect: string;
}

/** From the least to the most far-reaching, and no. */
export const decisions: Decision[] = [
  {
    id: 'allow-once',
    label: 'Allow once',
    effect:
      'This call goes on. The next one that offers the same tools asks again.',
  },
  {
    id: 'allow-trace',
    label: 'Allow for this trace',
    effect:
      'This call goes on, and for an hour later calls of the same key in the same trace may offer these tools, as they are described now, without asking.',
  },
  {
    id: 'deny',
    label: 'Deny',
    effect:
      'The call is refused, and for an hour later ones in the same trace that offer these tools. The agent is told your reason.',
  },
];
