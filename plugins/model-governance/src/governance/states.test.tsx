import { fireEvent, screen, waitFor } from '@testing-library/react';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { GovernanceRoutes } from './GovernanceRoutes';

jest.setTimeout(60_000);

const none = { items: [], totalItems: 0 };

/** A portal in which nothing has happened yet. */
const emptyHub = () =>
  new FakeBackend()
    .on('GET /approvals', none)
    .on('GET /allowlist', { ...none, epoch: 1, version: 1 })
    .on('GET /keys', none)
    .on('GET /access-profiles', none)
    .on('GET /purposes', none)
    .on('GET /gateways', none)
    .on('GET /signing-keys', none)
    .on('GET /policies', {
      version: 'sha256:0',
      loadedAt: '2026-11-01T00:00:00Z',
      tiers: [],
      layers: [],
    })
    .on('GET /waivers', {
      ...none,
      counts: { active: 0, ending: 0, ended: 0 },
    })
    .on('GET /policy-exceptions', none)
    .on('GET /ledger', none)
    .on('GET /passkeys', { ...none, mayEnrol: false })
    .on('GET /passkeys/invitations', none)
    .on('GET /delegations', none);

/** Where it is, what it asks, what it says without an answer, and of an empty one. */
const VIEWS: Array<
  [path: string, route: string, failed: string, empty: RegExp]
> = [
  ['/queue', 'GET /approvals', 'The queue could not be loaded', /You are done/],
  [
    '/my-requests',
    'GET /approvals',
    'Your requests could not be loaded',
    /You have not asked for a model yet/,
  ],
  [
    '/allowlist',
    'GET /allowlist',
    'The allowlist could not be loaded',
    /allowlist is empty/i,
  ],
  [
    '/gateways',
    'GET /keys',
    'The keys could not be loaded',
    /You have no key yet/,
  ],
  [
    '/gateways',
    'GET /access-profiles',
    'The access profiles could not be loaded',
    /There is no access profile yet/,
  ],
  [
    '/gateways',
    'GET /purposes',
    'The purposes could not be loaded',
    /There is no purpose yet/,
  ],
  [
    '/gateways',
    'GET /gateways',
    'The gateways could not be loaded',
    /No gateway is enrolled/,
  ],
  [
    '/gateways',
    'GET /signing-keys',
    'The signing keys could not be loaded',
    /Nothing was signed yet/,
  ],
  [
    '/policies',
    'GET /policies',
    'The policies could not be loaded',
    /No policies are loaded/,
  ],
  [
    '/waivers',
    'GET /waivers',
    'The waivers could not be loaded',
    /No waiver counts/,
  ],
  [
    '/waivers?view=exceptions',
    'GET /policy-exceptions',
    'The exceptions could not be loaded',
    /There is no exception/,
  ],
  ['/ledger', 'GET /ledger', 'The ledger could not be loaded', /no event/i],
  [
    '/passkeys',
    'GET /passkeys',
    'Your passkeys could not be loaded',
    /You have no passkey/,
  ],
  [
    '/passkeys',
    'GET /delegations',
    'Your delegations could not be loaded',
    /Nobody signs for you/,
  ],
  [
    '/passkeys',
    'GET /passkeys/invitations',
    'The invitations could not be loaded',
    /No open invitations/,
  ],
];

const open = (at: string, backend: FakeBackend) =>
  renderGovernance(<GovernanceRoutes />, { at, backend });

describe.each(VIEWS)('%s, by %s', (path, route, failed, empty) => {
  it('shows that it loads, and then that there is nothing', async () => {
    let answer!: (value: object) => void;
    const backend = emptyHub();
    const nothing = await backend.fetchApi
      .fetch(route.split(' ')[1])
      .then(response => response.json());
    backend.on(
      route,
      () =>
        new Promise<object>(resolve => {
          answer = resolve;
        }),
    );
    await open(path, backend);
    expect(await screen.findAllByTestId('progress')).not.toHaveLength(0);
    expect(screen.queryByText(empty)).toBeNull();
    answer(nothing);
    expect(await screen.findByText(empty)).toBeVisible();
  });

  it('says that it failed, and tries again', async () => {
    const backend = emptyHub();
    const works = emptyHub();
    let away = true;
    backend.on(route, async request =>
      away
        ? failure(503, 'ServiceUnavailableError', 'The database is away')
        : works.fetchApi.fetch(request.path),
    );
    await open(path, backend);
    const alert = (await screen.findAllByText(failed))[0];
    expect(alert).toBeVisible();
    away = false;
    // Where two sections ask the same, each has to be told.
    for (const button of screen.getAllByRole('button', {
      name: 'Try again',
    })) {
      fireEvent.click(button);
    }
    await waitFor(() => expect(screen.queryByText(failed)).toBeNull());
    expect(await screen.findByText(empty)).toBeVisible();
  });

  it('says that one may not see it', async () => {
    await open(
      path,
      emptyHub().on(route, () =>
        failure(403, 'NotAllowedError', 'You need a permission'),
      ),
    );
    expect(
      (await screen.findAllByText('You may not see this'))[0],
    ).toBeVisible();
    expect(screen.queryByText(empty)).toBeNull();
  });
});
