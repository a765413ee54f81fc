import { fireEvent, screen, within } from '@testing-library/react';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { approval, preview } from '../__testUtils__/fixtures';
import { stubAuthenticator } from '../__testUtils__/passkeys';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { BreakGlassDialog } from './BreakGlassDialog';

const OPEN = 'POST /emergency-approvals';
const REASON = 'The shop is down and only this model answers.';

const backend = () =>
  new FakeBackend()
    .on('GET /access-profiles', {
      items: [
        {
          id: 'checkout',
          title: 'Checkout',
          members: [],
          enforcement: 'enforce',
        },
      ],
    })
    .on('GET /purposes', {
      items: [
        { id: 'summaries', title: 'Summaries', dataClasses: [], regions: [] },
      ],
    })
    .on('POST /approvals/preview', preview)
    .on('GET /passkeys', {
      items: [{ id: 'p1', name: 'Laptop', createdAt: '2026-01-01' }],
      mayEnrol: true,
    })
    .on('POST /step-up/challenges', {
      challengeId: 'c1',
      options: { challenge: 'Y2hhbGxlbmdl' },
    })
    .on(OPEN, approval({ id: 'e1', kind: 'emergency', state: 'approved' }));

const render = (fake: FakeBackend, openRequests = [approval()]) =>
  renderGovernance(
    <BreakGlassDialog
      entityRef="model:meta/llama"
      openRequests={openRequests}
      onClose={() => {}}
    />,
    { backend: fake },
  );

const say = async (reason: string) =>
  fireEvent.change(await screen.findByLabelText(/^Reason/), {
    target: { value: reason },
  });
const confirm = () =>
  fireEvent.click(screen.getByRole('button', { name: 'Open with passkey' }));

describe('BreakGlassDialog', () => {
  it('opens what a request asks for, confirmed with a passkey, and goes there', async () => {
    stubAuthenticator();
    const fake = backend();
    await render(fake);
    await say(REASON);
    confirm();
    expect(await screen.findByText('The page of the approval')).toBeVisible();
    const scope = {
      entityRef: 'model:meta/llama',
      modelVersion: '1.0',
      tier: 'internal',
      purpose: 'summaries',
      profile: 'checkout',
      reason: REASON,
      pendingRequestId: 'a1',
    };
    expect(fake.sent('POST /step-up/challenges')[0].body).toEqual({
      action: 'approval.break-glass',
      payload: scope,
    });
    expect(fake.sent(OPEN)[0].body).toMatchObject({
      ...scope,
      stepUp: { challengeId: 'c1' },
    });
  });

  it('stands beside a submitted request, where there is one', async () => {
    await render(backend(), [
      approval({ id: 'd1', state: 'draft', modelVersion: '0.9' }),
      approval(),
    ]);
    const choice = await screen.findByLabelText('For the open request');
    expect(
      within(choice)
        .getAllByRole('option')
        .map(option => option.textContent),
    ).toEqual(['1.0, Internal, summaries, checkout']);
  });

  it('asks for the whole scope where the responder sees no request', async () => {
    stubAuthenticator();
    const fake = backend();
    await render(fake, []);
    await say(REASON);
    for (const [label, value] of [
      [/^Version/, '1.0'],
      [/^Tier/, 'internal'],
      [/^Purpose/, 'summaries'],
      [/^Access profile/, 'checkout'],
    ] as const) {
      expect(
        screen.getByRole('button', { name: 'Open with passkey' }),
      ).toBeDisabled();
      fireEvent.change(await screen.findByLabelText(label), {
        target: { value },
      });
    }
    confirm();
    expect(await screen.findByText('The page of the approval')).toBeVisible();
    expect(fake.sent(OPEN)[0].body).not.toHaveProperty('pendingRequestId');
  });

  it('needs a reason that says something', async () => {
    const fake = backend();
    await render(fake);
    await say('urgent');
    confirm();
    expect(
      await screen.findByText(/Write at least 10 characters/),
    ).toBeVisible();
    expect(fake.sent('POST /step-up/challenges')).toEqual([]);
  });

  it('says why it was refused', async () => {
    stubAuthenticator();
    await render(
      backend().on(OPEN, () =>
        failure(403, 'NotAllowedError', 'Whoever asked cannot open it.'),
      ),
    );
    await say(REASON);
    confirm();
    expect(
      await screen.findByText('Whoever asked cannot open it.'),
    ).toBeVisible();
  });
});
