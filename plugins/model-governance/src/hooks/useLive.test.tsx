import { act, screen } from '@testing-library/react';
import { FakeBackend } from '../__testUtils__/FakeBackend';
import { approval } from '../__testUtils__/fixtures';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { MyRequestsContent } from '../home/ApprovalsWidget';

const LIST = 'GET /approvals';

/** Fifteen seconds pass. */
const wait = () => act(() => jest.advanceTimersByTimeAsync(15_000));

function backend() {
  let state: 'in-review' | 'approved' = 'in-review';
  const fake = new FakeBackend().on(LIST, () => ({
    items: [approval({ state })],
    totalItems: 1,
  }));
  return {
    fake,
    approve: () => {
      state = 'approved';
    },
  };
}

function setVisibility(value: DocumentVisibilityState) {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    value,
  });
}

describe('useLive', () => {
  beforeEach(() => {
    jest.useFakeTimers({ advanceTimers: true });
    setVisibility('visible');
  });
  afterEach(() => jest.useRealTimers());

  it('asks now and then in a portal without signals', async () => {
    const { fake, approve } = backend();
    await renderGovernance(<MyRequestsContent />, {
      backend: fake,
      withSignals: false,
    });
    expect(await screen.findByText('In review')).toBeVisible();
    approve();
    await wait();
    expect(await screen.findByText('Approved')).toBeVisible();
  });

  it('leaves the backend alone while nobody looks', async () => {
    const { fake } = backend();
    await renderGovernance(<MyRequestsContent />, {
      backend: fake,
      withSignals: false,
    });
    await screen.findByText('In review');
    const before = fake.sent(LIST).length;
    setVisibility('hidden');
    await wait();
    expect(fake.sent(LIST)).toHaveLength(before);
  });

  it('waits for signals where there are some', async () => {
    const { fake } = backend();
    await renderGovernance(<MyRequestsContent />, { backend: fake });
    await screen.findByText('In review');
    const before = fake.sent(LIST).length;
    await wait();
    expect(fake.sent(LIST)).toHaveLength(before);
  });

  it('catches up on a signal that was lost', async () => {
    const { fake, approve } = backend();
    await renderGovernance(<MyRequestsContent />, { backend: fake });
    expect(await screen.findByText('In review')).toBeVisible();
    approve();
    await wait();
    await wait();
    expect(await screen.findByText('Approved')).toBeVisible();
  });
});
