import type {
  Checklist,
  ChecklistItem,
} from '@modelhub/backstage-plugin-models-common';
import type { StatusChipProps } from '@modelhub/backstage-plugin-models-react';
import CheckIcon from '@material-ui/icons/Check';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import HighlightOffIcon from '@material-ui/icons/HighlightOff';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import PersonOutlineIcon from '@material-ui/icons/PersonOutline';
import PlayArrowIcon from '@material-ui/icons/PlayArrow';
import RemoveCircleOutlineIcon from '@material-ui/icons/RemoveCircleOutline';
import RemoveIcon from '@material-ui/icons/Remove';
import { daysText } from '../lib/words';

export const groupTitles: Record<ChecklistItem['group'], string> = {
  request: 'The request itself',
  checks: 'Checks',
  people: 'People',
};

/** Icon and words of an item's state, from what is known about it. */
export function lookOf(item: ChecklistItem): StatusChipProps {
  const { state, source, owes, required } = item;
  switch (state) {
    case 'done':
      return { icon: CheckIcon, label: 'Done', tone: 'good' };
    case 'waived':
      return {
        icon: RemoveCircleOutlineIcon,
        label: 'Waived',
        tone: 'caution',
      };
    case 'running':
      return { icon: PlayArrowIcon, label: 'Running', tone: 'info' };
    case 'itself':
      return source === 'foreseen'
        ? {
            icon: CheckIcon,
            label: 'Would pass now',
            tone: 'good',
            explanation:
              'It runs when the request is submitted; as things are, it passes.',
          }
        : {
            icon: HourglassEmptyIcon,
            label: 'Runs by itself',
            explanation: 'Nobody has to do anything about it.',
          };
    case 'failing':
      return source === 'foreseen'
        ? {
            icon: required ? HighlightOffIcon : ErrorOutlineIcon,
            label: 'Would not pass',
            tone: required ? 'bad' : 'caution',
          }
        : {
            icon: required ? HighlightOffIcon : ErrorOutlineIcon,
            label: 'Does not pass',
            tone: required ? 'bad' : 'caution',
          };
    case 'owed':
      return {
        icon: PersonOutlineIcon,
        label: owes?.you ? 'Waits for you' : 'Somebody owes it',
        tone: 'caution',
      };
    case 'not-applicable':
      return { icon: RemoveIcon, label: 'Does not apply' };
    default:
      return { icon: HelpOutlineIcon, label: 'Not known', tone: 'caution' };
  }
}

/** Where an answer came from, where that is not this very request. */
export function sourceText({
  source,
  state,
}: ChecklistItem): string | undefined {
  if (source === 'known') {
    return state === 'done'
      ? 'Answered before for these very bytes, so it is not asked again'
      : 'The same question was answered before for these very bytes';
  }
  return undefined;
}

/** `3 of 5 done, 1 runs by itself, 1 waits for somebody`. */
export function countsText({ counts }: Pick<Checklist, 'counts'>): string {
  const { total, done, itself, owed, failing } = counts;
  if (total === 0) return 'Nothing is asked for';
  const parts = [
    `${done} of ${total} done`,
    ...(failing > 0
      ? [`${failing} ${failing === 1 ? 'does' : 'do'} not pass`]
      : []),
    ...(itself > 0
      ? [`${itself} ${itself === 1 ? 'runs' : 'run'} by itself`]
      : []),
    ...(owed > 0
      ? [`${owed} ${owed === 1 ? 'waits' : 'wait'} for somebody`]
      : []),
  ];
  return parts.join(', ').replace('run by itself', 'run by themselves');
}

function hoursText(hours: number): string {
  if (hours < 1 / 60) return 'a few seconds';
  if (hours < 1) {
    const minutes = Math.round(hours * 60);
    return minutes === 1 ? 'a minute' : `${minutes} minutes`;
  }
  if (hours < 36) {
    const whole = Math.round(hours);
    return whole === 1 ? 'an hour' : `${whole} hours`;
  }
  return daysText(Math.round(hours / 24));
}

/** How long it takes, from what similar requests took. */
export function estimateText(
  estimate: NonNullable<Checklist['estimate']>,
): string {
  const { medianHours, slowestTenthHours, requests, like } = estimate;
  const of = `${requests} requests for this tier${
    like === 'purpose' ? ' and purpose' : ''
  }`;
  const slow =
    slowestTenthHours === undefined ||
    hoursText(slowestTenthHours) === hoursText(medianHours)
      ? ''
      : `, one in ten at least ${hoursText(slowestTenthHours)}`;
  return `Usually takes ${hoursText(medianHours)}${slow} (the last ${of})`;
}
