import type { PackGateOptions } from '../evaluationPack';

/** For gates of packs, where nobody has read what packs hold. */
export const packOptions: PackGateOptions = {
  digests: { digestOf: async () => undefined },
  portalUrl: 'https://portal.example',
};
