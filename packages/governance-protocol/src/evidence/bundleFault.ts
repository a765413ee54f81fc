/**
 * What is wrong with a bundle: `malformed`, bytes that are not those that were
 * filed (`digest`), a signature that does not fit, something that the ledger
 * does not know, or a ledger that is not in order.
 *
 * @public
 */
export type BundleFault = 'malformed' | 'digest' | 'signature' | 'ledger';

/** The first thing that is wrong. */
export class Fault extends Error {
  constructor(
    readonly reason: BundleFault,
    readonly place: string,
    message: string,
  ) {
    super(message);
  }
}
