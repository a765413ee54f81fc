import type {
  ExceptionInForce,
  Waiver,
} from '@modelhub/backstage-plugin-models-common';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { approval } from '../__testUtils__/fixtures';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { WaiversPage } from './WaiversPage';

const LIST = 'GET /waivers';
const END = 'POST /approvals/a1/gates/licence/waiver/end';

const waiver = (more: Partial<Waiver> = {}): Waiver => ({
  id: 'w1',
  gateId: 'licence',
  title: 'Licence',
  state: 'ending',
  by: 'user:default/lara',
  reason: 'We signed a contract.',
  at: '2026-05-01T10:00:00Z',
  until: '2099-12-31T12:00:00Z',
  ageDays: 12,
  mayEnd: true,
  approval: {
    id: 'a1',
    state: 'approved',
    entityRef: 'model:meta/llama',
    title: 'Llama',
    modelVersion: '1.0',
    gatewayId: 'meta/llama',
    tier: 'internal',
    purpose: 'summaries',
    profile: 'checkout',
    requester: 'user:default/dana',
    ownerRef: 'group:default/ml-platform',
    restsOnIt: true,
  },
  ...more,
});
const page = (...items: Waiver[]) => ({
  items,
  totalItems: items.length,
  counts: { active: 1, ending: 2, ended: 3 },
});
const exception: ExceptionInForce = {
  name: 'Pilot',
  reason: 'The pilot runs without legal.',
  by: 'group:default/legal',
  until: '2099-12-24',
  endsAt: '2099-12-25T00:00:00Z',
  state: 'active',
  tier: 'internal',
  scope: 'Models of system:default/checkout',
  file: 'pilot.yaml',
  loosens: ['Nobody has to sign as legal'],
  approvals: [],
};

const open = (backend: FakeBackend, at = '/', denied: string[] = []) =>
  renderGovernance(<WaiversPage />, { backend, at, denied });

afterEach(() => jest.restoreAllMocks());

it('says who, why, until when, how old and what rests on it', async () => {
  await open(new FakeBackend().on(LIST, page(waiver())));
  const table = await screen.findByRole('table', { name: 'Waivers' });
  for (const text of [
    'Ends soon',
    /Licence/,
    /We signed a contract/,
    '12 days',
    /31 December 2099/,
    /A live approval/,
  ]) {
    expect(within(table).getAllByText(text)[0]).toBeVisible();
  }
  expect(
    within(table).getByRole('link', { name: 'Llama 1.0' }),
  ).toHaveAttribute('href', '/governance/approvals/a1');
  expect(
    screen.getByText('Counting now: 3. Ending within 14 days: 2. Ended: 3.'),
  ).toBeVisible();
});

it('asks for what the filters say, and keeps them in the address', async () => {
  const backend = new FakeBackend().on(LIST, page());
  await open(backend);
  await screen.findByText('No waiver counts');
  fireEvent.change(screen.getByLabelText('Waivers'), {
    target: { value: 'ended' },
  });
  expect(await screen.findByText('No waiver fits these filters')).toBeVisible();
  const [first, last] = [backend.sent(LIST)[0], backend.sent(LIST).at(-1)].map(
    one => new URLSearchParams(one?.path.split('?')[1]),
  );
  expect(first.getAll('state')).toEqual(['active', 'ending']);
  expect(first.get('order')).toBe('ends-first');
  expect(last.getAll('state')).toEqual(['ended']);
  expect(last.get('order')).toBe('newest');
});

it('ends a waiver early, with a reason, and says what that does', async () => {
  const backend = new FakeBackend()
    .on(LIST, page(waiver(), waiver({ id: 'w2', mayEnd: false })))
    .on(END, approval({ state: 'suspended' }));
  await open(backend);
  const buttons = await screen.findAllByRole('button', {
    name: 'End the waiver of Licence for Llama…',
  });
  expect(buttons).toHaveLength(1);
  fireEvent.click(buttons[0]);
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByText(/it is suspended/)).toBeVisible();
  fireEvent.change(within(dialog).getByLabelText(/^Reason/), {
    target: { value: 'The contract ended.' },
  });
  fireEvent.click(
    within(dialog).getByRole('button', { name: 'End the waiver' }),
  );
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(backend.sent(END)[0].body).toEqual({ reason: 'The contract ended.' });
  expect(backend.sent(END)[0].idempotencyKey).toBeTruthy();
});

it('shows why it could not be ended', async () => {
  await open(
    new FakeBackend()
      .on(LIST, page(waiver()))
      .on(END, () => failure(409, 'ConflictError', 'It changed meanwhile.')),
  );
  fireEvent.click(
    await screen.findByRole('button', { name: /End the waiver/ }),
  );
  fireEvent.change(await screen.findByLabelText(/^Reason/), {
    target: { value: 'The contract ended.' },
  });
  fireEvent.click(screen.getByRole('button', { name: 'End the waiver' }));
  expect(await screen.findByText('It changed meanwhile.')).toBeVisible();
});

it('exports every page of what is shown', async () => {
  const saved: Array<[string, Blob]> = [];
  let last: Blob | undefined;
  URL.createObjectURL = blob => {
    last = blob as Blob;
    return 'blob:saved';
  };
  URL.revokeObjectURL = () => {};
  jest
    .spyOn(HTMLAnchorElement.prototype, 'click')
    .mockImplementation(function click(this: HTMLAnchorElement) {
      if (last) saved.push([this.download, last]);
    });
  const backend = new FakeBackend().on(LIST, ({ path }) =>
    path.includes('limit=200')
      ? {
          ...page(waiver({ id: path.includes('cursor') ? 'w2' : 'w1' })),
          ...(!path.includes('cursor') && { nextCursor: 'next' }),
        }
      : page(waiver()),
  );
  await open(backend);
  await screen.findByRole('table');
  fireEvent.click(
    screen.getByRole('button', { name: 'Export waivers as JSON' }),
  );
  await waitFor(() => expect(saved).toHaveLength(1));
  fireEvent.click(
    screen.getByRole('button', { name: 'Export waivers as CSV' }),
  );
  await waitFor(() => expect(saved).toHaveLength(2));
  expect(saved.map(([name]) => name)).toEqual(['waivers.json', 'waivers.csv']);
  expect(
    JSON.parse(await saved[0][1].text()).map(({ id }: Waiver) => id),
  ).toEqual(['w1', 'w2']);
  const csv = await saved[1][1].text();
  expect(csv.split('\r\n')).toHaveLength(4);
  expect(csv).toContain('We signed a contract.');
});

it('shows exceptions to those who may read policies', async () => {
  const backend = new FakeBackend()
    .on(LIST, page())
    .on('GET /policy-exceptions', { items: [exception] });
  await open(backend);
  fireEvent.click(
    await screen.findByRole('tab', { name: 'Exceptions in policies' }),
  );
  const table = await screen.findByRole('table', {
    name: 'Exceptions in policies',
  });
  expect(within(table).getByText(/Pilot/)).toBeVisible();
  expect(within(table).getByText('Nobody has to sign as legal')).toBeVisible();
  expect(within(table).getByText(/24 December 2099/)).toBeVisible();
});

it('shows only waivers to others', async () => {
  await open(new FakeBackend().on(LIST, page()), '/?view=exceptions', [
    'model.policy.read',
  ]);
  expect(await screen.findByText('No waiver counts')).toBeVisible();
  expect(screen.queryByRole('tab')).toBeNull();
});
