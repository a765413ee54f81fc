import { ConfigReader } from '@backstage/config';
import { personaMode } from './guard';

const demo = { auth: { providers: { persona: { enabled: true } } } };

describe('personaMode', () => {
  it('is off without the demo configuration', () => {
    expect(personaMode(new ConfigReader({}), 'development')).toBe('off');
    expect(
      personaMode(
        new ConfigReader({
          auth: { providers: { persona: { enabled: false } } },
        }),
        'production',
      ),
    ).toBe('off');
  });

  it('is on with it', () => {
    expect(personaMode(new ConfigReader(demo), 'development')).toBe('on');
    expect(personaMode(new ConfigReader(demo), undefined)).toBe('on');
  });

  it('refuses NODE_ENV=production', () => {
    expect(personaMode(new ConfigReader(demo), 'production')).toEqual({
      refusal: expect.stringContaining("NODE_ENV is 'production'"),
    });
  });

  it('refuses the production configuration', () => {
    expect(
      personaMode(
        new ConfigReader({ ...demo, modelHub: { production: true } }),
        'development',
      ),
    ).toEqual({ refusal: expect.stringContaining('modelHub.production') });
  });
});
