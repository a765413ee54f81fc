import { tones } from './tones';

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map(start => {
    const channel = parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045
      ? channel / 12.92
      : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe('tones', () => {
  it('computes contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it.each(
    Object.entries(tones).flatMap(([theme, set]) =>
      Object.entries(set).map(([tone, colours]) => ({ theme, tone, colours })),
    ),
  )('can be read: $tone in the $theme theme', ({ colours }) => {
    expect(contrast(colours.text, colours.background)).toBeGreaterThanOrEqual(
      4.5,
    );
  });

  it.each([
    ['light', '#ffffff'],
    ['dark', '#424242'],
  ] as const)(
    'can be read as icons on paper in the %s theme',
    (theme, paper) => {
      for (const { text } of Object.values(tones[theme])) {
        expect(contrast(text, paper)).toBeGreaterThanOrEqual(3);
      }
    },
  );
});
