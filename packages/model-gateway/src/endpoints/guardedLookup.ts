import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isForbiddenAddress, isLoopback } from './hosts';

/** Looks names up as the system does. */
export type Lookup = (
  name: string,
  options: { all: true; family?: number | 'IPv4' | 'IPv6'; hints?: number },
  callback: (
    error: NodeJS.ErrnoException | null,
    addresses: LookupAddress[],
  ) => void,
) => void;

/** A name leads to an address that no endpoint has. */
export class ForbiddenAddressError extends Error {
  readonly code = 'ENDPOINT_ADDRESS';

  constructor(name: string) {
    super(`'${name}' leads to an address that endpoints are never called at`);
  }
}

/**
 * Looks names of endpoints up, and takes no answer that leads to a metadata
 * service or, but for `localhost`, back to this machine: whoever answers for a
 * name could say so.
 */
export const guardedLookup =
  (find: Lookup = lookup): LookupFunction =>
  (name, { all, family, hints }, callback) => {
    find(name, { all: true, family, hints }, (error, addresses) => {
      if (error) {
        callback(error, '', 0);
        return;
      }
      const isBad = ({ address }: LookupAddress) =>
        isForbiddenAddress(address) ||
        (isLoopback(address) && name !== 'localhost');
      if (addresses.length === 0 || addresses.some(isBad)) {
        callback(new ForbiddenAddressError(name), '', 0);
      } else if (all) {
        callback(null, addresses);
      } else {
        callback(null, addresses[0].address, addresses[0].family);
      }
    });
  };
