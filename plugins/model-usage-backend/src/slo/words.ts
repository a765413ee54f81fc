import type { ObjectiveKind } from '@modelhub/backstage-plugin-models-common';
import type { AlertNotice } from './ObjectiveNotices';
import { targetOf, type EpisodeRecord, type ObjectiveRecord } from './types';

/** What kinds are called, of a model or of the control plane. */
const NAMES: Record<ObjectiveKind, (model: string) => string> = {
  availability: model => `Availability of ${model}`,
  latency: model => `Latency of ${model}`,
  'time-to-first-token': model => `Time to first token of ${model}`,
  'gateway-availability': () => 'Availability of the gateways',
  'snapshot-age': () => 'Age of the allowlist at the gateways',
  'ingest-lag': () => 'Delay of usage records',
  'approval-service': () => 'Answers of the approval service',
};

export const nameOf = (
  it: Pick<ObjectiveRecord, 'kind' | 'modelVersion'>,
  model: string,
): string =>
  NAMES[it.kind](it.modelVersion ? `${model} ${it.modelVersion}` : model);

/** `99.9 %`, with as many digits as matter. */
export const shareText = (share: number): string =>
  `${Number((share * 100).toFixed(share > 0.99 ? 3 : 1))} %`;

/** `1.2 s`, `800 ms` */
export const durationText = (ms: number): string => {
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 60_000) return `${Number((ms / 1_000).toFixed(1))} s`;
  return `${Number((ms / 60_000).toFixed(1))} min`;
};

/** What has to be kept: `99.9 % within 2 s over 28 days`. */
export function termsText(
  it: Pick<ObjectiveRecord, 'targetPpm' | 'limitMs' | 'windowDays'>,
): string {
  const within = it.limitMs > 0 ? ` within ${durationText(it.limitMs)}` : '';
  return `${shareText(targetOf(it))}${within} over ${it.windowDays} days`;
}

const spanText = (ms: number): string => {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
};

/** `22 November, 18:40 UTC` */
const momentText = (iso: string): string => {
  const at = new Date(iso);
  const day = at.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return `${day}, ${iso.slice(11, 16)} UTC`;
};

/** `21 times`, `1.4 times` */
export const timesText = (burn: number): string =>
  `${burn < 10 ? Number(burn.toFixed(1)) : Math.round(burn)} times`;

const leftText = (left: number): string =>
  left > 0
    ? `${Math.round(left * 100)} % of the error budget is left`
    : 'The error budget is spent';

export interface Telling {
  title: string;
  description: string;
}

/** Which objective, how fast, and when the budget is gone. */
export function openedText(
  objective: ObjectiveRecord,
  episode: EpisodeRecord,
  model: string,
): Telling {
  const gone =
    episode.exhaustsAt && episode.budgetLeft > 0
      ? `, and gone on ${momentText(episode.exhaustsAt)} (in ${spanText(
          Date.parse(episode.exhaustsAt) - Date.parse(episode.openedAt),
        )}) if it goes on like this`
      : '';
  const what =
    episode.severity === 'page'
      ? 'Look at it now.'
      : 'Look at it on the next working day.';
  return {
    title: `${nameOf(objective, model)}: the error budget burns ${timesText(
      episode.peakBurn,
    )} as fast as it may`,
    description: `The objective is ${termsText(objective)}. ${leftText(
      episode.budgetLeft,
    )}${gone}. ${what}`,
  };
}

/** That it is over, how long it took, and what is left. */
export function recoveredText(
  objective: ObjectiveRecord,
  episode: EpisodeRecord,
  left: number | undefined,
  model: string,
): Telling {
  const span = Date.parse(episode.burntAt) - Date.parse(episode.openedAt);
  return {
    title: `${nameOf(objective, model)}: the error budget no longer burns`,
    description: `It burnt from ${momentText(
      episode.openedAt,
    )} on for ${spanText(span)}, at most ${timesText(
      episode.peakBurn,
    )} as fast as it may.${left === undefined ? '' : ` ${leftText(left)}.`}`,
  };
}

/** An alert with what its model is called. */
export interface Named {
  notice: AlertNotice;
  title: string;
}

/** Names in a text, at most. */
const MOST_NAMES = 6;

/** `7 models of northstar`, `2 objectives of acme/chat`, `3 objectives of the control plane` */
function whatText(members: Named[]): string {
  const [{ notice, title }] = members;
  const objectives = `${members.length} objectives`;
  if (notice.objective.plane !== 'data') {
    return `${objectives} of the control plane`;
  }
  const models = [...new Set(members.map(it => it.notice.objective.model))];
  if (models.length === 1) return `${objectives} of ${title}`;
  const makers = new Set(models.map(model => model.split('/', 1)[0]));
  return `${models.length} models${
    makers.size === 1 ? ` of ${[...makers][0]}` : ''
  }`;
}

/** Of several alerts that the same people get at the same time. */
export function groupedText(
  type: AlertNotice['type'],
  members: Named[],
): Telling {
  const isOver = type === 'objective.recovered';
  const fastest = Math.max(
    ...members.map(({ notice }) => notice.episode.peakBurn),
  );
  const names = members
    .slice(0, MOST_NAMES)
    .map(({ notice: { objective, episode }, title }) =>
      isOver
        ? nameOf(objective, title)
        : `${nameOf(objective, title)} (${timesText(episode.peakBurn)})`,
    );
  const more = members.length - names.length;
  const list = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
  if (isOver) {
    return {
      title: `The error budgets of ${whatText(members)} no longer burn`,
      description: list,
    };
  }
  const isPage = members[0].notice.episode.severity === 'page';
  return {
    title: `The error budgets of ${whatText(members)} burn, up to ${timesText(
      fastest,
    )} as fast as they may`,
    description: `${list} They began to burn together, so look for one cause first${
      isPage ? ', now' : ', on the next working day'
    }.`,
  };
}
