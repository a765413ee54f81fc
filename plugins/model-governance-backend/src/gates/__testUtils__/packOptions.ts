import type { PackGateOptions } from '../evaluationPack';

/** For gates of packs; all packs hold what results of tests say. */
export const packOptions: PackGateOptions = {
  digests: { digestOf: async () => `sha256:${'a'.repeat(64)}` },
  portalUrl: 'https://portal.example',
};
