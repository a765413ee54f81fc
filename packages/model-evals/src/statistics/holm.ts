/**
 * The p-values of several tests, corrected by Holm (1979) so that the chance of
 * a single false alarm among all of them is what one test states. In the order
 * given.
 *
 * @public
 */
export function holm(pValues: number[]): number[] {
  const order = pValues.map((_, index) => index);
  order.sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((index, rank) => {
    const corrected = (pValues.length - rank) * pValues[index];
    largest = Math.min(1, Math.max(largest, corrected));
    adjusted[index] = largest;
  });
  return adjusted;
}
