import { MemorySource } from '../source';
import { scanSource } from '../scanSource';
import type { ScanLimits } from '../types';
import { pickle } from './pickles';

/** Scans bytes as a file of this name. */
export const scan = (
  bytes: Buffer,
  name: string,
  limits?: Partial<ScanLimits>,
) => scanSource(new MemorySource(name, bytes), { limits });

export const rulesOf = async (
  bytes: Buffer,
  name: string,
  limits?: Partial<ScanLimits>,
) => (await scan(bytes, name, limits)).findings.map(({ rule }) => rule);

/** A pickle that runs a command when it is loaded. */
export const payload = () => pickle(2).global('os', 'system').call('id').stop();

/** A pickle of nothing. */
export const harmless = () => pickle(2).raw('N').stop();
