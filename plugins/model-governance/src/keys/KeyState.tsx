import type { GatewayKey } from '@modelhub/backstage-plugin-models-common';
import { RelativeTime } from '@modelhub/backstage-plugin-models-react';

/** Whether calls with the key are taken, and what is about to end. */
export function KeyState({ of: key }: { of: GatewayKey }) {
  if (key.revokedAt) return <>Revoked</>;
  if (isEnded(key)) return <>Ended</>;
  if (key.ownerMissing) {
    return (
      <>
        Its owner is gone: ends{' '}
        <RelativeTime at={key.ownerMissing.revokedAfter} />
      </>
    );
  }
  if (key.ownerLeft) {
    return (
      <>
        Refused, its owner left the profile: ends{' '}
        <RelativeTime at={key.ownerLeft.revokedAfter} />
      </>
    );
  }
  if (key.previous) {
    return (
      <>
        Valid; …{key.previous.hint} ends{' '}
        <RelativeTime at={key.previous.until} />
      </>
    );
  }
  return <>Valid</>;
}

export function isEnded(key: GatewayKey): boolean {
  return key.expiresAt !== undefined && Date.parse(key.expiresAt) <= Date.now();
}
