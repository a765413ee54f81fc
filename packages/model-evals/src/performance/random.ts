const MODULUS = 2_147_483_647;

/**
 * Numbers in (0, 1) that are the same for the same seed: the minimal standard
 * generator of Park and Miller (1988) with the multiplier 48271.
 */
export function randomOf(seed: number): () => number {
  let state = 1 + (Math.abs(Math.trunc(seed)) % (MODULUS - 1));
  return () => {
    state = (state * 48_271) % MODULUS;
    return state / MODULUS;
  };
}
