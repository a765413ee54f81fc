import { chartColours, heatColours } from './palette';

type Rgb = [number, number, number];

function linear(hex: string): Rgb {
  const [red, green, blue] = [1, 3, 5].map(start => {
    const channel = parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045
      ? channel / 12.92
      : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue];
}

const luminance = ([red, green, blue]: Rgb) =>
  0.2126 * red + 0.7152 * green + 0.0722 * blue;

function contrast(a: string, b: string): number {
  const [light, dark] = [a, b]
    .map(hex => luminance(linear(hex)))
    .sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB. */
const sights: Record<string, number[][]> = {
  common: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** CIE L*a*b* under D65 of a colour as it is seen. */
function seen(hex: string, sight: number[][]): number[] {
  const given = linear(hex);
  const [red, green, blue] = sight.map(row =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, part, index) => sum + part * given[index], 0),
      ),
    ),
  );
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
  const y = f(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const difference = (a: string, b: string, sight: number[][]) => {
  const other = seen(b, sight);
  return Math.hypot(...seen(a, sight).map((part, i) => part - other[i]));
};

const papers = { light: '#ffffff', dark: '#424242' } as const;

describe('colours of series', () => {
  it('are compared by what is known of colours', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    // Red and green of one lightness, as those with deutan sight see them.
    expect(difference('#b33a00', '#5f7400', sights.deutan)).toBeLessThan(10);
    expect(difference('#b33a00', '#5f7400', sights.common)).toBeGreaterThan(50);
  });

  it.each(['light', 'dark'] as const)('stand out in the %s theme', theme => {
    for (const colour of chartColours[theme]) {
      expect(contrast(colour, papers[theme])).toBeGreaterThanOrEqual(3);
    }
  });

  it.each(
    (['light', 'dark'] as const).flatMap(theme =>
      Object.keys(sights).map(sight => ({ theme, sight })),
    ),
  )('can be told apart with $sight sight, $theme', ({ theme, sight }) => {
    const colours = chartColours[theme];
    colours.forEach((one, index) =>
      colours
        .slice(index + 1)
        .forEach(other =>
          expect(difference(one, other, sights[sight])).toBeGreaterThan(10),
        ),
    );
  });

  it.each([
    ['light', 1],
    ['dark', -1],
  ] as const)('say more by their lightness alone: %s', (theme, sign) => {
    const lightness = heatColours[theme].map(hex => luminance(linear(hex)));
    lightness.slice(1).forEach((value, index) => {
      expect(sign * (lightness[index] - value)).toBeGreaterThan(0);
    });
  });
});
