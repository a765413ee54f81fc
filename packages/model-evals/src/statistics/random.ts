// Looked up once, for these run millions of times.
const { imul, trunc } = Math;

/**
 * Numbers in (0, 1) that are the same for the same seed, a whole number:
 * xoshiro128** by Blackman and Vigna (2018), its state filled by splitmix32.
 */
export function randomOf(seed: number): () => number {
  let filling = trunc(seed) | 0;
  const fill = () => {
    filling = (filling + 0x9e3779b9) | 0;
    let it = filling ^ (filling >>> 16);
    it = imul(it, 0x21f0aaad);
    it ^= it >>> 15;
    it = imul(it, 0x735a2d97);
    return it ^ (it >>> 15);
  };
  let [a, b, c, d] = [fill(), fill(), fill(), fill()];
  return () => {
    const product = imul(b, 5);
    const drawn = imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return (drawn + 0.5) / 0x1_0000_0000;
  };
}
