import { shortHash } from './proposalWords';

/** Enough of a hash to tell two apart; the whole of it on demand. */
export function Hash({ hash }: { hash?: string }) {
  if (!hash) return <>–</>;
  return <code title={hash}>{shortHash(hash)}</code>;
}
