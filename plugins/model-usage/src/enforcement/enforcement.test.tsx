import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { failure } from '@modelhub/backstage-plugin-models-react/testUtils';
import { backends, profile, uncovered } from '../__testUtils__/fixtures';
import { renderUsage } from '../__testUtils__/renderUsage';
import { profileRows } from './profileRows';
import { reasonText } from './words';

const UPDATE = 'PUT model-governance/access-profiles/checkout';

describe('what enforcing would refuse', () => {
  it('lists profiles that do not enforce first, with what they would lose', async () => {
    await renderUsage('/enforcement', {
      backends: backends().on('GET model-governance/access-profiles', {
        items: [
          profile({ id: 'care', title: 'Care', enforcement: 'enforce' }),
          profile({ id: 'search', title: 'Search', enforcement: 'warn' }),
          profile(),
        ],
      }),
    });
    const table = await screen.findByRole('table', {
      name: 'What enforcing would have refused: calls of the last 30 days',
    });
    const rows = () =>
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map(row =>
          within(row)
            .getAllByRole('cell')
            .slice(0, 5)
            .map(cell => cell.textContent),
        );
    await waitFor(() =>
      expect(rows()).toEqual([
        ['Checkout', 'Observe', '1,200', '2', '1'],
        ['Search', 'Warn', '0', '0', '0'],
        ['Care', 'Enforce', '0', '0', '0'],
      ]),
    );
  });

  it('lists the calls of one profile', async () => {
    await renderUsage('/enforcement/checkout?days=7', { backends: backends() });
    expect(
      await screen.findByRole('heading', { level: 1, name: 'Checkout' }),
    ).toBeVisible();
    const table = await screen.findByRole('table', {
      name: 'Calls of the last 7 days that no approval covers',
    });
    await within(table).findByRole('link', { name: 'Llama' });
    const [, first, second] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent(
      /Llamameta\/llamaNot approved for the profile and purposeCI …1234Gateway key of .*dana1,100/i,
    );
    expect(second).toHaveTextContent(/acme\/oldThe model is retired/);
    expect(document.title).toContain(
      'What enforcing would refuse of Checkout · Model usage',
    );
  });

  it('says when there is nothing, and when it failed', async () => {
    const fake = backends().on('GET model-usage/enforcement-report', {
      from: '2026-05-01T00:00:00Z',
      calls: 0,
      items: [],
    });
    await renderUsage('/enforcement/checkout?days=1', { backends: fake });
    expect(
      await screen.findByText('Enforcing would have refused nothing of today'),
    ).toBeVisible();
  });

  it('says to whom it shows nothing', async () => {
    await renderUsage('/enforcement', {
      backends: backends()
        .on('GET model-governance/access-profiles', {
          items: [profile({ mine: false })],
        })
        .on('GET model-usage/enforcement-report/profiles', {
          from: '2026-05-01T00:00:00Z',
          items: [],
        }),
      denied: ['model.gateway.manage', 'model.access.manage'],
    });
    expect(
      await screen.findByText('You belong to no access profile'),
    ).toBeVisible();
  });
});

describe('the change of a mode', () => {
  const open = async (fake = backends()) => {
    fake.on(UPDATE, profile({ enforcement: 'enforce' }));
    await renderUsage('/enforcement/checkout', { backends: fake });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Change mode…' }),
    );
    await screen.findByRole('dialog');
    return fake;
  };

  it('enforces only after saying what that refuses', async () => {
    const fake = await open();
    expect(screen.getByRole('button', { name: 'Change' })).toBeDisabled();
    await userEvent.click(screen.getByRole('radio', { name: /^Enforce/ }));
    expect(
      await screen.findByText(
        /would have refused 1,200 calls of the last 30 days: to 2 models, by 1 caller/,
      ),
    ).toBeVisible();
    const enforce = screen.getByRole('button', { name: 'Enforce' });
    expect(enforce).toBeDisabled();
    await userEvent.click(
      screen.getByLabelText(/^I know that calls like these are refused/),
    );
    await userEvent.click(enforce);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    // Settings are not sent, so they stay.
    expect(fake.sent(UPDATE).map(({ body }) => body)).toEqual([
      {
        id: 'checkout',
        title: 'Checkout',
        description: 'Payment and returns.',
        owner: 'group:default/checkout',
        members: ['group:default/checkout'],
        enforcement: 'enforce',
      },
    ]);
  });

  it('needs no word when it would refuse nothing', async () => {
    await open(
      backends()
        .on('GET model-usage/enforcement-report', {
          from: '2026-05-01T00:00:00Z',
          calls: 0,
          items: [],
        })
        .on('GET model-usage/enforcement-report/profiles', {
          from: '2026-05-01T00:00:00Z',
          items: [],
        }),
    );
    await userEvent.click(screen.getByRole('radio', { name: /^Enforce/ }));
    expect(await screen.findByText(/it would have refused none/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Enforce' })).toBeEnabled();
  });

  it('still asks when it cannot tell what it would refuse', async () => {
    await open(
      backends().on('GET model-usage/enforcement-report', () =>
        failure(503, 'ServiceUnavailableError', 'The database is away'),
      ),
    );
    await userEvent.click(screen.getByRole('radio', { name: /^Enforce/ }));
    expect(
      await screen.findByText('What it would refuse could not be found out'),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Enforce' })).toBeDisabled();
    await userEvent.click(screen.getByLabelText(/^I know that calls/));
    expect(screen.getByRole('button', { name: 'Enforce' })).toBeEnabled();
  });

  it('warns before what was refused passes', async () => {
    await open(
      backends().on('GET model-governance/access-profiles', {
        items: [profile({ enforcement: 'enforce' })],
      }),
    );
    await userEvent.click(screen.getByRole('radio', { name: /^Warn/ }));
    expect(
      screen.getByText(/pass from then on, also those that are refused today/),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Warn' })).toBeEnabled();
  });

  it('is not offered to those who do not manage access', async () => {
    await renderUsage('/enforcement/checkout', {
      backends: backends(),
      denied: ['model.access.manage'],
    });
    await screen.findByText(/^Every call passes\. What/);
    expect(screen.queryByRole('button', { name: /mode/ })).toBeNull();
  });
});

describe('the rows of profiles', () => {
  it('keep calls of profiles that are gone, last', () => {
    expect(
      profileRows(
        [profile({ mine: false })],
        [uncovered({ profile: 'gone', calls: 9 })],
        true,
      ).map(({ id }) => id),
    ).toEqual(['checkout', 'gone']);
  });
});

it('shows a reason that it does not know as it is', () => {
  expect([reasonText('expired'), reasonText('new-one')]).toEqual([
    'The approval has expired',
    'new-one',
  ]);
});
