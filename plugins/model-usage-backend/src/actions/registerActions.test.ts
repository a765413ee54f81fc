import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Insights } from '../insights';
import { foldSums } from '../insights/sums';
import { registerActions } from './registerActions';

const none = foldSums([]);
const sums = {
  ...none,
  calls: 12,
  serverErrors: 1,
  throttled: 2,
  costs: [{ currency: 'EUR', amount: 1.5 }],
};

describe('the action get-model-usage', () => {
  const asked: unknown[] = [];
  const insights: Pick<Insights, 'models' | 'modelCallers'> = {
    models: {
      get: async (credentials: unknown, query: unknown) => {
        asked.push([credentials, query]);
        return {
          model: 'acme/chat',
          range: {
            from: '2026-11-01',
            to: '2026-11-02',
            level: 'day' as const,
            complete: true,
          },
          totals: sums,
          previous: {
            from: '2026-10-30',
            to: '2026-10-31',
            totals: none,
            known: false,
          },
          periods: [],
          versions: [],
          trends: [{ days: 28 as const, direction: 'rising' as const }],
        };
      },
    } as unknown as Insights['models'],
    modelCallers: {
      list: async () => ({
        from: '2026-11-01',
        to: '2026-11-02',
        by: 'team' as const,
        sees: 'own' as const,
        items: [{ name: 'group:default/care', share: 0.5, sums }],
        others: { count: 3, share: 0.5, sums },
      }),
    } as unknown as Insights['modelCallers'],
  };

  it('reads with the credentials of whoever asks, and writes nothing', async () => {
    const registry = actionsRegistryServiceMock();
    registerActions(registry, { insights });
    const { actions } = await registry.list();
    expect(actions).toMatchObject([
      {
        name: 'get-model-usage',
        attributes: { readOnly: true, destructive: false },
      },
    ]);
    const credentials = mockCredentials.user('user:default/dana');
    const { output } = await registry.invoke({
      id: actions[0].id,
      input: { model: 'acme/chat', from: '2026-11-01', to: '2026-11-02' },
      credentials,
    });
    expect(asked).toEqual([
      [credentials, expect.objectContaining({ model: 'acme/chat' })],
    ]);
    expect(output).toMatchObject({
      totals: { calls: 12, errors: 3 },
      before: { calls: 0, isKnown: false },
      trends: [{ days: 28, direction: 'rising' }],
      teams: [{ team: 'group:default/care', calls: 12 }],
      otherTeams: 3,
    });
    await expect(
      registry.invoke({
        id: actions[0].id,
        input: { model: 'acme/chat', from: 'yesterday' },
        credentials,
      }),
    ).rejects.toThrow();
  });
});
