import { fireEvent, screen, waitFor } from '@testing-library/react';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { daysOf, idFrom, isId, wordsOf, wrongMembers } from './accessForm';
import { ProfilesSection } from './ProfilesSection';
import { PurposesSection } from './PurposesSection';

const profile = {
  id: 'checkout',
  title: 'Checkout',
  members: ['group:default/checkout'],
  enforcement: 'observe',
};

const write = (label: RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

describe('access forms', () => {
  it.each([
    ['Customer care', 'customer-care'],
    [' Zürich & Genève ', 'zurich-geneve'],
    ['!', ''],
  ])('makes an id of "%s": %s', (title, id) => {
    expect(idFrom(title)).toBe(id);
    expect(isId(id)).toBe(id !== '');
  });

  it.each([
    ['', undefined],
    [' 30 ', 30],
    ['0', 0],
    ['3650', 3650],
    ['3651', 'wrong'],
    ['-1', 'wrong'],
    ['a week', 'wrong'],
  ])('takes "%s" for %s days', (text, days) => {
    expect(daysOf(text)).toBe(days);
  });

  it('reads lists and finds what is no member', () => {
    expect(wordsOf('eu, us\n eu')).toEqual(['eu', 'us']);
    expect(
      wrongMembers([
        'group:default/a',
        'user:b',
        'component:x/y',
        'model:x/y',
        'checkout',
      ]),
    ).toEqual(['model:x/y', 'checkout']);
  });
});

describe('ProfilesSection', () => {
  it('adds a profile with an id that follows from its title', async () => {
    const items: object[] = [];
    const fake = new FakeBackend()
      .on('GET /access-profiles', () => ({ items: [...items] }))
      .on('POST /access-profiles', ({ body }) => {
        items.push({ ...body });
        return items[0];
      });
    await renderGovernance(<ProfilesSection />, { backend: fake });
    await screen.findByText('There is no access profile yet');
    fireEvent.click(screen.getByRole('button', { name: 'Add access profile' }));
    await screen.findByLabelText(/^Title/);
    write(/^Title/, 'Support desk');
    write(/^Members/, 'desk');
    expect(
      screen.getByText(/Not a group, user or component: desk/),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Add' })).toBeDisabled();
    write(/^Members/, 'group:default/desk');
    fireEvent.click(screen.getByRole('button', { name: 'Add' }));

    await screen.findByRole('table', { name: 'Access profiles', hidden: true });
    expect(fake.sent('POST /access-profiles')[0].body).toEqual({
      id: 'support-desk',
      title: 'Support desk',
      members: ['group:default/desk'],
      enforcement: 'enforce',
    });
  });

  it('changes one under the same id', async () => {
    const fake = new FakeBackend()
      .on('GET /access-profiles', { items: [profile] })
      .on('PUT /access-profiles/checkout', profile);
    await renderGovernance(<ProfilesSection />, { backend: fake });
    fireEvent.click(
      await screen.findByRole('button', { name: 'Change profile Checkout…' }),
    );
    await screen.findByLabelText(/^Enforcement/);
    expect(screen.queryByLabelText(/^Id/)).toBeNull();
    write(/^Enforcement/, 'enforce');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(fake.sent('PUT /access-profiles/checkout')[0].body).toEqual({
      ...profile,
      enforcement: 'enforce',
    });
  });
});

describe('settings of a profile', () => {
  it('are all sent, and what is wrong is said', async () => {
    const described = {
      ...profile,
      owner: 'group:default/checkout',
      settings: { sanitation: { requests: { secrets: 'redact' } } },
    };
    const fake = new FakeBackend()
      .on('GET /access-profiles', { items: [described] })
      .on('PUT /access-profiles/checkout', described);
    await renderGovernance(<ProfilesSection />, { backend: fake });
    fireEvent.click(
      await screen.findByRole('button', {
        name: 'Settings of profile Checkout…',
      }),
    );
    expect(await screen.findByLabelText(/^Secrets in requests/)).toHaveValue(
      'redact',
    );
    const save = screen.getByRole('button', { name: 'Save' });
    write(/^Requests a minute/, '0');
    expect(screen.getByText(/whole number from 1/)).toBeVisible();
    expect(save).toBeDisabled();
    write(/^Requests a minute/, '60');
    write(/^Personal data in answers/, 'report');
    write(/^Tools/, 'shell*');
    expect(screen.getByText(/“shell\*” is no rule/)).toBeVisible();
    expect(save).toBeDisabled();
    write(/^Tools/, 'shell* ask 5');
    fireEvent.click(screen.getByLabelText('Files and batches may be sent'));
    fireEvent.click(save);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(fake.sent('PUT /access-profiles/checkout')[0].body).toEqual({
      ...described,
      settings: {
        limits: { requestsPerMinute: 60 },
        batches: true,
        sanitation: {
          requests: { secrets: 'redact' },
          responses: { 'personal-data': 'report' },
        },
        agents: { tools: [{ match: 'shell*', action: 'ask', risk: 5 }] },
      },
    });
  });
});

describe('PurposesSection', () => {
  it('adds a purpose with its data and regions', async () => {
    const fake = new FakeBackend()
      .on('GET /purposes', { items: [] })
      .on('POST /purposes', ({ body }) => ({ ...body }));
    await renderGovernance(<PurposesSection />, { backend: fake });
    await screen.findByText('There is no purpose yet');
    fireEvent.click(screen.getByRole('button', { name: 'Add purpose' }));
    await screen.findByLabelText(/^Title/);
    write(/^Title/, 'Claims');
    write(/^Regions/, 'EU, ch');
    const internal = screen.getByLabelText('Internal');
    fireEvent.click(internal);
    expect(screen.getByText('Choose at least one.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Add' })).toBeDisabled();
    fireEvent.click(screen.getByLabelText('Personal data'));
    fireEvent.click(screen.getByRole('button', { name: 'Add' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(fake.sent('POST /purposes')[0].body).toEqual({
      id: 'claims',
      title: 'Claims',
      dataClasses: ['personal'],
      regions: ['eu', 'ch'],
    });
  });

  it('says that an id is taken, and keeps what was written', async () => {
    const fake = new FakeBackend()
      .on('GET /purposes', { items: [] })
      .on('POST /purposes', () =>
        failure(409, 'ConflictError', "There is a purpose 'claims' already."),
      );
    await renderGovernance(<PurposesSection />, { backend: fake });
    await screen.findByText('There is no purpose yet');
    fireEvent.click(screen.getByRole('button', { name: 'Add purpose' }));
    await screen.findByLabelText(/^Title/);
    write(/^Title/, 'Claims');
    fireEvent.click(screen.getByRole('button', { name: 'Add' }));
    expect(await screen.findByText(/'claims' already/)).toBeVisible();
    expect(screen.getByLabelText(/^Title/)).toHaveValue('Claims');
  });

  const claims = {
    id: 'claims',
    title: 'Claims',
    description: 'Of customers',
    dataClasses: ['internal', 'personal'],
    regions: ['eu', 'ch'],
    maxRetentionDays: 30,
    uses: ['product'],
  };

  async function changeClaims(fake: FakeBackend) {
    await renderGovernance(<PurposesSection />, { backend: fake });
    fireEvent.click(
      await screen.findByRole('button', { name: 'Change purpose Claims…' }),
    );
    await screen.findByLabelText(/^Title/);
  }

  it('changes one, and keeps what was not touched', async () => {
    const fake = new FakeBackend()
      .on('GET /purposes', { items: [claims] })
      .on('PUT /purposes/claims', ({ body }) => ({ ...body }));
    await changeClaims(fake);
    expect(screen.getByText('At most 30 days')).toBeInTheDocument();
    expect(screen.queryByLabelText(/^Id/)).toBeNull();
    expect(screen.getByLabelText(/^People outside/)).toBeChecked();
    fireEvent.click(screen.getByLabelText('Personal data'));
    fireEvent.click(screen.getByLabelText('None of these'));
    expect(screen.getByLabelText(/^People outside/)).not.toBeChecked();
    write(/^Longest retention/, 'soon');
    expect(screen.getByText('A whole number from 0 to 3650.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    write(/^Longest retention/, '0');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(fake.sent('PUT /purposes/claims')).toMatchObject([
      {
        idempotencyKey: expect.any(String),
        body: {
          ...claims,
          dataClasses: ['internal'],
          maxRetentionDays: 0,
          uses: [],
        },
      },
    ]);
    expect(fake.sent('GET /purposes').length).toBeGreaterThan(1);
  });

  it('says why a purpose may not allow more, and keeps what was written', async () => {
    await changeClaims(
      new FakeBackend()
        .on('GET /purposes', { items: [claims] })
        .on('PUT /purposes/claims', () =>
          failure(409, 'ConflictError', 'It would also allow any region.'),
        ),
    );
    write(/^Regions/, '');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(
      await screen.findByText('It would also allow any region.'),
    ).toBeVisible();
    expect(screen.getByLabelText(/^Regions/)).toHaveValue('');
  });

  it('says that the purposes could not be loaded', async () => {
    await renderGovernance(<PurposesSection />, {
      backend: new FakeBackend().on('GET /purposes', () =>
        failure(503, 'ServiceUnavailableError', 'The database is away'),
      ),
    });
    expect(
      await screen.findByText('The purposes could not be loaded'),
    ).toBeVisible();
  });
});
