/**
 * What a chip says besides its words. Never the only carrier of a meaning:
 * each chip has an icon and a text too.
 *
 * @public
 */
export type Tone = 'neutral' | 'info' | 'good' | 'caution' | 'bad';

/**
 * Text and background of each tone, for light and dark themes. Each pair has a
 * contrast of at least 4.5 : 1 (WCAG 2.2, 1.4.3), which a test computes.
 *
 * @public
 */
export const tones: Record<
  'light' | 'dark',
  Record<Tone, { text: string; background: string; border: string }>
> = {
  light: {
    neutral: { text: '#3c4043', background: '#eff1f3', border: '#c3c8cd' },
    info: { text: '#0b4a86', background: '#e6f0fa', border: '#a9c9e8' },
    good: { text: '#1b5e20', background: '#e6f4e7', border: '#a5d1a8' },
    caution: { text: '#7a4100', background: '#fdf1dd', border: '#e6c48f' },
    bad: { text: '#9b1c1c', background: '#fdeaea', border: '#eab4b4' },
  },
  dark: {
    neutral: { text: '#e3e5e8', background: '#3d4045', border: '#63676d' },
    info: { text: '#a9d1f7', background: '#16324d', border: '#34608a' },
    good: { text: '#a9dbac', background: '#1c3a20', border: '#3d6b42' },
    caution: { text: '#ffd08a', background: '#45310f', border: '#7d5f26' },
    bad: { text: '#ffb4ae', background: '#4a2020', border: '#8a4242' },
  },
};
