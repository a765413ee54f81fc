import { countText } from '@modelhub/backstage-plugin-models-react';

export { countText, moneyText } from '@modelhub/backstage-plugin-models-react';

/** `1 call`, `12,400 calls` */
export function callsText(count: number): string {
  return `${countText(count)} ${count === 1 ? 'call' : 'calls'}`;
}
