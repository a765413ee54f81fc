import type { Notice } from '@modelhub/backstage-plugin-models-node';
import type { EndpointRecord } from '../endpoints/records';

/** Topic of notifications. */
export const SERVING_TOPIC = 'model-serving';

const notice = (
  { id, owner }: Pick<EndpointRecord, 'id' | 'owner'>,
  fields: Pick<Notice, 'title' | 'description' | 'except'>,
): Notice => ({
  ...fields,
  to: [owner],
  link: `/model-serving/endpoints/${id}`,
  scope: `${SERVING_TOPIC}:${id}`,
});

const named = ({ title, modelVersion }: EndpointRecord) =>
  `${title} ${modelVersion}`;

const hoursText = (hours: number) =>
  `${Number(hours.toFixed(1))} ${hours === 1 ? 'hour' : 'hours'}`;

/** Whoever started it may use it now. */
export const readyNotice = (endpoint: EndpointRecord): Notice =>
  notice(endpoint, {
    title: `Your evaluation endpoint of ${named(endpoint)} is ready`,
    description: `It lives for ${hoursText(
      endpoint.hours,
    )}. Try it in the playground, or call it with its key.`,
  });

/** It ends soon. */
export const warningNotice = (
  endpoint: EndpointRecord,
  minutes: number,
): Notice =>
  notice(endpoint, {
    title: `Your evaluation endpoint of ${named(
      endpoint,
    )} ends in ${minutes} minutes`,
    description:
      endpoint.extendedAt === undefined
        ? 'Extend it if you need it for longer; once is possible.'
        : 'It has been extended already. Start another one if you need more time.',
  });

/** It ended, and not by its owner. */
export const endNotice = (
  endpoint: EndpointRecord,
  message: string,
  by: string | undefined,
): Notice =>
  notice(endpoint, {
    title: `Your evaluation endpoint of ${named(endpoint)} ends`,
    description: message,
    ...(by !== undefined && { except: by }),
  });
