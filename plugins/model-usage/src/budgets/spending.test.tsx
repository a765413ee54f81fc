import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  failure,
  type FakeBackends,
} from '@modelhub/backstage-plugin-models-react/testUtils';
import {
  backends,
  budget,
  history,
  key,
  MONTH,
  spending,
} from '../__testUtils__/fixtures';
import { renderUsage } from '../__testUtils__/renderUsage';
import { monthText } from '../lib/months';

const full = () =>
  backends().on('GET model-usage/spending', {
    month: MONTH,
    items: [
      spending({
        budget: budget({
          spent: 41,
          forecast: 60,
          alerts: [
            { percent: 50, at: '2026-05-02T10:00:00Z' },
            { percent: 80, at: '2026-05-03T10:00:00Z' },
          ],
        }),
      }),
      spending({
        id: `key:${key.id}`,
        kind: 'key',
        subject: key.id,
        costs: [{ currency: 'USD', amount: 0.0031, calls: 2 }],
      }),
      spending({
        id: 'team:group:default/care',
        kind: 'team',
        subject: 'group:default/care',
        calls: 0,
        unpricedCalls: 0,
        costs: [],
        budget: budget({
          id: 'team:group:default/care',
          amount: 10,
          spent: 10,
          alerts: [{ percent: 100, at: '2026-05-02T10:00:00Z' }],
        }),
      }),
    ],
  });

const rowOf = async (name: RegExp) =>
  (await screen.findByRole('link', { name })).closest('tr')!;

const dialogFields = async (fields: Record<string, string>) => {
  for (const [label, value] of Object.entries(fields)) {
    fireEvent.change(await screen.findByLabelText(new RegExp(`^${label}`)), {
      target: { value },
    });
  }
};

describe('spend and budgets', () => {
  it('shows who spent what, of which budget, and who was told', async () => {
    await renderUsage('/budgets', { backends: full() });
    const checkout = await rowOf(/^Checkout$/);
    expect(checkout).toHaveTextContent('€12.50');
    expect(checkout).toHaveTextContent('3 calls without a price');
    const meter = within(checkout).getByRole('meter', {
      name: 'Spent of the budget of Checkout',
    });
    expect(meter).toHaveAttribute('aria-valuenow', '82');
    expect(meter).toHaveAttribute('aria-valuetext', '€41.00 of €50.00, 82 %');
    expect(
      within(checkout)
        .getAllByRole('listitem')
        .map(it => it.textContent),
    ).toEqual(['50 %', '80 %', 'Will not last']);
    const ci = await rowOf(/^CI …1234$/);
    expect(ci).toHaveTextContent('$0.0031');
    expect(ci).toHaveTextContent('No budget');
    expect(await rowOf(/care/)).toHaveTextContent('Used up');
  });

  it('asks for the month and kind of the address, and changes them', async () => {
    const fake = full();
    await renderUsage('/budgets?month=2026-01&kind=team', { backends: fake });
    expect(
      await screen.findByRole('heading', { name: 'Spend in January 2026' }),
    ).toBeVisible();
    const asked = () =>
      new URLSearchParams(
        fake.sent('GET model-usage/spending').at(-1)!.path.split('?')[1],
      );
    expect(asked().get('month')).toBe('2026-01');
    expect(asked().get('kind')).toBe('team');
    // What is over is not changed any more.
    expect(screen.queryByRole('button', { name: /^Change the/ })).toBeNull();
    fireEvent.change(screen.getByLabelText('Spent by'), {
      target: { value: '' },
    });
    await waitFor(() => expect(asked().get('kind')).toBeNull());
  });

  it('sets a budget for a profile, once', async () => {
    const fake = full().on(
      'PUT model-usage/budgets/profile/checkout',
      budget(),
    );
    await renderUsage('/budgets', { backends: fake });
    await rowOf(/^Checkout$/);
    await userEvent.click(screen.getByRole('button', { name: 'Set budget…' }));
    const save = await screen.findByRole('button', { name: 'Save' });
    expect(save).toBeDisabled();
    await dialogFields({ 'Access profile': 'checkout', Amount: 'lots' });
    expect(save).toBeDisabled();
    await dialogFields({ Amount: '25.5', Currency: 'eur' });
    await userEvent.click(save);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const [{ body, idempotencyKey }, ...more] = fake.sent(
      'PUT model-usage/budgets/profile/checkout',
    );
    expect(body).toEqual({ amount: 25.5, currency: 'EUR', notify: [] });
    expect(idempotencyKey).toBeTruthy();
    expect(more).toEqual([]);
  });

  it('sets one for a team and says what the backend refuses', async () => {
    const fake = full().on(
      'PUT model-usage/budgets/team/group%3Adefault%2Fcare',
      () => failure(403, 'NotAllowedError', 'This needs a permission'),
    );
    await renderUsage('/budgets', { backends: fake });
    await rowOf(/^Checkout$/);
    await userEvent.click(screen.getByRole('button', { name: 'Set budget…' }));
    await dialogFields({ 'Budget of': 'team' });
    await dialogFields({ Team: 'care', Amount: '1' });
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'This needs a permission',
    );
    expect(screen.getByRole('dialog')).toBeVisible();
  });

  it('says which calls another currency leaves out', async () => {
    await renderUsage('/budgets', { backends: full() });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Set the budget of CI …1234…',
      }),
    );
    expect(await screen.findByLabelText(/^Currency/)).toHaveValue('USD');
    await dialogFields({ Currency: 'EUR' });
    expect(
      screen.getByText(/prices in USD \(2 calls this month\) do not count/),
    ).toBeVisible();
  });

  it('removes a budget after asking', async () => {
    const fake = full().on(
      'DELETE model-usage/budgets/profile/checkout',
      () => new Response(undefined, { status: 204 }),
    );
    await renderUsage('/budgets', { backends: fake });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Remove the budget of Checkout…',
      }),
    );
    const route = 'DELETE model-usage/budgets/profile/checkout';
    expect(fake.sent(route)).toEqual([]);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Remove' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(fake.sent(route)).toHaveLength(1);
  });

  it('offers nothing to those who may not change budgets', async () => {
    await renderUsage('/budgets', {
      backends: full(),
      denied: ['model.budget.manage'],
    });
    await rowOf(/^Checkout$/);
    expect(screen.queryByRole('button', { name: /budget/i })).toBeNull();
  });

  it('follows signals', async () => {
    const fake = backends();
    const { signals } = await renderUsage('/budgets', { backends: fake });
    expect(
      await screen.findByText(`Nothing was spent in ${monthText(MONTH)}`),
    ).toBeVisible();
    fake.on('GET model-usage/spending', { month: MONTH, items: [spending()] });
    act(() => signals.send('model-usage', { type: 'changed' }));
    expect(await rowOf(/^Checkout$/)).toBeVisible();
  });

  it('says that it failed, tries again, and knows when it is not for the reader', async () => {
    const fake = backends().on('GET model-usage/spending', () =>
      failure(503, 'ServiceUnavailableError', 'The database is away'),
    );
    await renderUsage('/budgets', { backends: fake });
    expect(
      await screen.findByText('What was spent could not be loaded'),
    ).toBeVisible();
    fake.on('GET model-usage/spending', () =>
      failure(403, 'NotAllowedError', 'No'),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('You may not see this')).toBeVisible();
  });

  it('shows ids where governance is not installed', async () => {
    await renderUsage('/budgets', { backends: full(), withGovernance: false });
    expect(await rowOf(/^checkout$/)).toBeVisible();
    expect(await rowOf(/^Key 5f1c2d3e…$/)).toBeVisible();
  });
});

describe('the spending of one profile', () => {
  const subject = (fake: FakeBackends = backends()) =>
    fake
      .on('GET model-usage/spending/profile/checkout', {
        id: 'profile:checkout',
        kind: 'profile',
        subject: 'checkout',
        budget: budget({ spent: 50, held: 1 }),
        items: history(),
      })
      .on('GET model-usage/spending/profile/checkout/models', {
        month: MONTH,
        items: [
          {
            model: 'meta/llama@1.0',
            calls: 1100,
            refused: 3,
            inputTokens: 120_000,
            outputTokens: 4_000,
            currency: 'EUR',
            cost: 11,
          },
        ],
      });

  it('shows the budget, the months and the models', async () => {
    await renderUsage('/budgets/profile/checkout', { backends: subject() });
    expect(
      await screen.findByRole('heading', { level: 1, name: 'Checkout' }),
    ).toBeVisible();
    expect(await screen.findByText(/^Used up: gateways refuse/)).toBeVisible();
    expect(
      screen.getByText(/^€1.00 for calls that are under way/),
    ).toBeVisible();
    expect(
      screen.getByText('3 calls whose model has no price in EUR'),
    ).toBeVisible();
    const months = within(
      screen.getByRole('table', { name: 'Month by month' }),
    ).getAllByRole('row');
    // Those before anything was spent are left out.
    expect(months).toHaveLength(3);
    expect(months[1]).toHaveTextContent(`${monthText(MONTH)}€11.001,100None`);
    expect(months[2]).toHaveTextContent(/€10\.001,00050 % on 12/);
    expect(screen.getByTestId('months-chart')).toHaveTextContent('€11.00');
    expect(await screen.findByRole('link', { name: 'Llama' })).toHaveAttribute(
      'href',
      '/catalog/meta/model/llama',
    );
    expect(document.title).toContain('Spend of Checkout · Model usage');
  });

  it('asks for the models of another month', async () => {
    const fake = subject();
    await renderUsage('/budgets/profile/checkout', { backends: fake });
    const [, before] = history().reverse();
    fireEvent.change(await screen.findByLabelText('Month'), {
      target: { value: before.month },
    });
    await waitFor(() =>
      expect(
        fake.sent('GET model-usage/spending/profile/checkout/models').at(-1)!
          .path,
      ).toContain(`month=${before.month}`),
    );
  });

  it('sets the first budget', async () => {
    const fake = subject()
      .on('GET model-usage/spending/profile/checkout', {
        id: 'profile:checkout',
        kind: 'profile',
        subject: 'checkout',
        items: history(),
      })
      .on('PUT model-usage/budgets/profile/checkout', budget());
    await renderUsage('/budgets/profile/checkout', { backends: fake });
    expect(
      await screen.findByText('No budget bounds this spending'),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Set budget…' }));
    expect(
      await screen.findByText(/€11\.00 were spent this month/),
    ).toBeVisible();
    await dialogFields({ Amount: '100' });
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(
        fake.sent('PUT model-usage/budgets/profile/checkout')[0].body,
      ).toEqual({ amount: 100, currency: 'EUR', notify: [] }),
    );
  });

  it('says when there is nothing that one may see', async () => {
    await renderUsage('/budgets/profile/checkout', {
      backends: backends().on('GET model-usage/spending/profile/checkout', () =>
        failure(404, 'NotFoundError', 'There is nothing that you may see'),
      ),
    });
    expect(
      await screen.findByText('There is nothing that you may see'),
    ).toBeVisible();
  });

  it('knows no other kinds', async () => {
    await renderUsage('/budgets/planet/earth', { backends: backends() });
    expect(await screen.findByText('There is no such page')).toBeVisible();
  });
});
