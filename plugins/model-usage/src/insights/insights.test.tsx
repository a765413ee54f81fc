import { EntityProvider } from '@backstage/plugin-catalog-react';
import { failure } from '@modelhub/backstage-plugin-models-react/testUtils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { backends } from '../__testUtils__/fixtures';
import {
  burn,
  callerInsights,
  modelInsights,
  sums,
} from '../__testUtils__/insights';
import { renderUsage } from '../__testUtils__/renderUsage';
import { EntityModelUsage } from '../entity/EntityModelUsage';
import { GroupUsageCard } from '../entity/GroupUsageCard';
import { ModelUsageCard } from '../entity/ModelUsageCard';

const model = {
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: { namespace: 'meta', name: 'llama' },
  spec: { gatewayId: 'meta/llama' },
};
const group = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { namespace: 'default', name: 'checkout' },
};

const TEAM = 'model-usage/insights/callers/team/group%3Adefault%2Fcheckout';
const days = { from: '2026-11-01', to: '2026-11-28' };

/** A portal in which checkout and three others call one model. */
const usedModel = () =>
  backends()
    .on('GET model-usage/insights/model', modelInsights())
    .on('GET model-usage/insights/model/teams', {
      ...days,
      sees: 'own',
      teams: 4,
      deployed: 1,
      called: 4,
      items: [
        {
          team: 'group:default/checkout',
          components: ['component:default/returns'],
          calls: 3000,
          costs: [{ currency: 'EUR', amount: 9 }],
          firstCall: '2026-05-02',
          lastCall: '2026-11-27',
        },
      ],
    })
    .on('GET model-usage/insights/model/callers', {
      ...days,
      by: 'team',
      sees: 'own',
      items: [
        {
          name: 'group:default/checkout',
          share: 0.75,
          sums: sums({
            calls: 3000,
            costs: [{ currency: 'EUR', amount: 9 }],
          }),
        },
      ],
      others: { count: 3, share: 0.25, sums: sums({ calls: 1000 }) },
    })
    .on('GET model-usage/insights/model/heat-map', {
      ...days,
      calls: 7,
      items: [{ weekday: 1, hour: 9, calls: 7 }],
    });

const tab = (
  <EntityProvider entity={model}>
    <EntityModelUsage />
  </EntityProvider>
);

/** Where things are said: `Calls` is 4,060, and so on. */
const said = (term: string) =>
  screen.getByText(term, { selector: 'dt' }).parentElement;

describe('the usage of a model', () => {
  it('is told in words and figures, without names of others, for the days of the address', async () => {
    const fake = usedModel();
    await renderUsage('/?range=7', { backends: fake, element: tab });
    await screen.findByRole('region', { name: 'At a glance' });
    expect(said('Calls')).toHaveTextContent(
      'Calls4,06016 % more than in the 28 days before',
    );
    expect(said('Trend')).toHaveTextContent(
      'Rising over 28 days: +40 % (between +30 % and +50 %)',
    );
    expect(said('Cost')).toHaveTextContent('€14.00');
    expect(said('Cost')).toHaveTextContent('100 % more');
    expect(said('Answer time, p95')).toHaveTextContent('420 ms');
    expect(said('Calls that failed')).toHaveTextContent('0.12 %');

    const consumers = await screen.findByRole('region', {
      name: 'Top consumers',
    });
    expect(
      await within(consumers).findByText(/You see names of your own teams/),
    ).toBeVisible();
    expect(
      within(consumers).getByRole('row', {
        name: '3 other teams 1,000 25 % Nothing',
      }),
    ).toBeVisible();
    expect(
      await screen.findByText(/4 teams: 1 deployed it, 4 called it/),
    ).toHaveTextContent('You see those of them that are yours.');

    const asked = () =>
      new URLSearchParams(
        fake.sent('GET model-usage/insights/model').at(-1)?.path.split('?')[1],
      );
    const between = () =>
      (Date.parse(asked().get('to') ?? '') -
        Date.parse(asked().get('from') ?? '')) /
      86_400_000;
    expect(between()).toBe(6);
    await userEvent.selectOptions(screen.getByLabelText('Time'), '90 days');
    await screen.findByRole('region', { name: 'At a glance' });
    expect(between()).toBe(89);
  });

  it('says how numbers get here when there are none, and who may not see', async () => {
    const fake = usedModel().on(
      'GET model-usage/insights/model',
      modelInsights({
        totals: sums({}),
        range: { ...modelInsights().range, dataSince: undefined },
      }),
    );
    await renderUsage('/', { backends: fake, element: tab });
    expect(
      await screen.findByText('Nobody called this model in this time'),
    ).toBeVisible();
    expect(
      screen.getByText(/Calls through the model gateway come here/),
    ).toBeVisible();
  });

  it('is not shown to whom the backend refuses it', async () => {
    const refused = () => failure(403, 'NotAllowedError', 'Not yours.');
    const fake = usedModel()
      .on('GET model-usage/insights/model', refused)
      .on('GET model-usage/insights/model/teams', refused);
    await renderUsage('/', {
      backends: fake,
      element: (
        <EntityProvider entity={model}>
          <EntityModelUsage />
          <ModelUsageCard />
        </EntityProvider>
      ),
    });
    expect(
      (await screen.findAllByText('You may not see this')).length,
    ).toBeGreaterThan(0);
    expect(screen.queryByText('Usage in 28 days')).not.toBeInTheDocument();
  });

  it('fits on a card', async () => {
    await renderUsage('/', {
      backends: usedModel(),
      element: (
        <EntityProvider entity={model}>
          <ModelUsageCard />
        </EntityProvider>
      ),
    });
    expect(
      await screen.findByRole('img', { name: 'Calls day by day: rising' }),
    ).toBeVisible();
    expect(screen.getByText('4 teams')).toBeVisible();
    expect(screen.getByRole('link', { name: /All usage/ })).toHaveAttribute(
      'href',
      '/catalog/meta/model/llama/usage',
    );
  });
});

describe('the usage of a team', () => {
  const usedByTeam = () =>
    backends()
      .on('GET model-usage/spending/team/group%3Adefault%2Fcheckout', {
        items: [
          {
            month: '2026-11',
            calls: 10,
            unpricedCalls: 0,
            costs: [{ currency: 'EUR', amount: 12.5, calls: 10 }],
            alerts: [],
          },
        ],
        budget: burn().budget,
      })
      .on('GET model-usage/spending/team/group%3Adefault%2Fcheckout/models', {
        month: '2026-11',
        items: [],
      })
      .on(`GET ${TEAM}`, callerInsights())
      .on(`GET ${TEAM}/budget`, burn())
      .on(`GET ${TEAM}/uses`, {
        ...days,
        items: [
          {
            model: 'meta/llama',
            version: '1.0',
            component: '',
            profile: 'checkout',
            tier: 'internal',
            sums: sums({
              calls: 4060,
              costs: [{ currency: 'EUR', amount: 14 }],
            }),
          },
        ],
      });

  it('shows the budget as it burns, who used what, and exports what to charge', async () => {
    const saved: string[] = [];
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function save(this: HTMLAnchorElement) {
        saved.push(this.download);
      });
    URL.createObjectURL = () => 'blob:chargeback';
    const fake = usedByTeam().on('GET model-usage/insights/chargeback', () =>
      failure(503, 'ServiceUnavailableError', 'Try later.'),
    );
    await renderUsage(
      '/budgets/team/group%3Adefault%2Fcheckout?range=custom&from=2026-11-01&to=2026-11-28',
      { backends: fake },
    );
    expect(
      await screen.findByText(
        '€12.50 of €50.00 (25 %) are spent. The month will cost about €90.00, with 90 % certainty between €70.00 and €110.00. At this rate the budget is used up on 12 November 2026.',
      ),
    ).toBeVisible();
    expect(
      within(
        await screen.findByRole('table', { name: 'Who used what' }),
      ).getByRole('row', {
        name: /Not known Checkout Internal 4,060 0 0 €14.00/,
      }),
    ).toBeVisible();

    const csv = screen.getByRole('button', { name: 'Chargeback as CSV' });
    await userEvent.click(csv);
    expect(
      await screen.findByText(/could not be exported: Try later/),
    ).toBeVisible();
    fake.on(
      'GET model-usage/insights/chargeback',
      () => new Response('model,cost\nmeta/llama,14.000000\n'),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText(
        'chargeback-checkout-2026-11-01-2026-11-28.csv has 1 row, 32 bytes.',
      ),
    ).toBeVisible();
    expect(saved).toEqual(['chargeback-checkout-2026-11-01-2026-11-28.csv']);
    expect(
      fake.sent('GET model-usage/insights/chargeback').at(-1)?.path,
    ).toContain(
      'from=2026-11-01&to=2026-11-28&format=csv&callerKind=team&caller=group%3Adefault%2Fcheckout',
    );
    click.mockRestore();
  });

  it('fits on the card of a group, also without a budget', async () => {
    const fake = usedByTeam().on(`GET ${TEAM}/budget`, () =>
      failure(404, 'NotFoundError', 'No budget.'),
    );
    await renderUsage('/', {
      backends: fake,
      element: (
        <EntityProvider entity={group}>
          <GroupUsageCard />
        </EntityProvider>
      ),
    });
    expect(await screen.findByText('€14.00')).toBeVisible();
    expect(screen.queryByRole('meter')).not.toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});

describe('the organisation', () => {
  it('shows who may see it what models cost, and everybody what is not used and made twice', async () => {
    const fake = backends()
      .on('GET model-usage/insights/organisation', () =>
        failure(403, 'NotAllowedError', 'Needs model.gateway.manage.'),
      )
      .on('GET model-usage/insights/organisation/waste', {
        days: 28,
        since: '2026-10-26',
        approvalsKnown: false,
        unusedApprovals: [],
        idleEndpoints: [
          {
            entityRef: 'model:meta/llama',
            title: 'Llama',
            model: 'meta/llama',
            endpoints: ['api:default/llama-api'],
            consumers: [],
            owners: ['group:default/checkout'],
            costs: [{ currency: 'EUR', amount: 120 }],
            hardware: '2x H100 80GB',
          },
        ],
      })
      .on('GET model-usage/insights/organisation/duplicates', {
        ...days,
        items: [
          {
            baseModel: 'model:meta/llama',
            tasks: ['summarization'],
            teams: [
              'group:default/checkout',
              'group:default/search',
              'group:default/care',
            ],
            calls: 12,
            costs: [],
            models: [
              {
                entityRef: 'model:acme/checkout-llama',
                title: 'Checkout Llama',
                model: 'acme/checkout-llama',
                owner: 'group:default/checkout',
                calls: 12,
                costs: [],
              },
            ],
          },
        ],
      });
    await renderUsage('/organisation?view=cost', { backends: fake });
    expect(await screen.findByText('You may not see this')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /Chargeback/ }),
    ).not.toBeInTheDocument();

    await userEvent.click(screen.getByRole('tab', { name: 'Waste' }));
    expect(
      await screen.findByRole('row', {
        name: /Llama llama-api – .*Never, as far as is known 2x H100 80GB €120.00/,
      }),
    ).toBeVisible();
    expect(screen.getByText(/Governance does not answer/)).toBeVisible();

    await userEvent.click(screen.getByRole('tab', { name: 'Duplicates' }));
    expect(
      await screen.findByRole('region', {
        name: '3 teams made models of llama for summarization',
      }),
    ).toHaveTextContent('called 12 times in 28 days and cost nothing');
  });
});
