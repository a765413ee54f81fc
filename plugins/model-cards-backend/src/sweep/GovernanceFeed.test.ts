import { mockServices } from '@backstage/backend-test-utils';
import { ModelGovernanceClient } from '@modelhub/backstage-plugin-models-common';
import { GovernanceFeed } from './GovernanceFeed';

function feed(answer: (url: URL) => Response | Promise<Response>) {
  const logger = mockServices.logger.mock();
  return {
    logger,
    source: GovernanceFeed.create({
      auth: mockServices.auth(),
      logger,
      client: new ModelGovernanceClient({
        discoveryApi: { getBaseUrl: async () => 'http://governance' },
        fetchApi: { fetch: async url => answer(new URL(String(url))) },
      }),
    }),
  };
}

describe('GovernanceFeed', () => {
  it('reads all pages of changes, each model once', async () => {
    const pages: Record<string, object> = {
      '5': {
        items: [
          { seq: 6, entityRef: 'model:a/x' },
          { seq: 7, entityRef: 'model:a/y' },
        ],
        next: 7,
      },
      '7': { items: [{ seq: 8, entityRef: 'model:a/x' }], next: 8 },
      '8': { items: [], next: 8 },
    };
    const { source } = feed(url =>
      Response.json(pages[url.searchParams.get('after')!]),
    );
    await expect(source.changesAfter(5)).resolves.toEqual({
      entityRefs: ['model:a/x', 'model:a/y'],
      next: 8,
    });
  });

  it.each<[string, () => Response | Promise<Response>]>([
    ['is not installed', () => Response.json({}, { status: 404 })],
    [
      'is not up',
      () => {
        throw new TypeError('fetch failed');
      },
    ],
  ])(
    'does without governance when it %s, and says so once',
    async (_, answer) => {
      const { source, logger } = feed(answer);
      await expect(source.changesAfter(0)).resolves.toBeUndefined();
      await expect(source.standings(['model:a/x'])).resolves.toBeUndefined();
      expect(logger.info).toHaveBeenCalledTimes(1);
    },
  );

  it('does not take an error for absence', async () => {
    const { source } = feed(() => Response.json({}, { status: 500 }));
    await expect(source.changesAfter(0)).rejects.toThrow(/500/);
  });
});
