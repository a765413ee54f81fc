/**
 * Colours of series, for light and dark themes, after Okabe and Ito: each has a
 * contrast of 3 : 1 or more with the paper (WCAG 2.2, 1.4.11), and any two can
 * be told apart with protan, deutan and tritan sight, which a test computes.
 * Series differ by their markers, dashes and patterns too.
 *
 * @public
 */
export const chartColours: Record<'light' | 'dark', readonly string[]> = {
  light: ['#0072b2', '#b33a00', '#009069', '#9e3d86', '#a58400', '#2b2b2b'],
  dark: ['#6cb8ee', '#ff9a4d', '#2fcf9f', '#f0a8d2', '#f2dc5d', '#f5f5f5'],
};

/** From little to much; the lightness alone tells the order. */
export const heatColours: Record<'light' | 'dark', readonly string[]> = {
  light: ['#c6dbef', '#8fbfe0', '#5a9fd0', '#2272b5', '#08407e'],
  dark: ['#2f4a63', '#3d6f9c', '#5a9bd0', '#9cc9ec', '#e3f2fd'],
};

/** Dashes of lines; the first is whole. */
export const dashes = ['', '7 4', '2 3', '10 3 2 3', '12 5', '4 2 1 2'];

/** The colour, dash, marker and pattern of the n-th series. */
export function styleOf(index: number, theme: 'light' | 'dark') {
  const colours = chartColours[theme];
  return {
    colour: colours[index % colours.length],
    dash: dashes[index % dashes.length],
    mark: index % colours.length,
  };
}
