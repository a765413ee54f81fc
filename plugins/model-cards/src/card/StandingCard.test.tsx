import { screen, within } from '@testing-library/react';
import type { Standing } from '@modelhub/backstage-plugin-models-common';
import { FakeBackends } from '../__testUtils__/FakeBackends';
import {
  approval,
  grant,
  modelEntity,
  standing,
} from '../__testUtils__/models';
import { renderCards } from '../__testUtils__/renderCards';
import { PurposeCard, StandingCard } from '.';

async function renderStanding(
  given: Partial<Standing>,
  options: { entity?: ReturnType<typeof modelEntity> } = {},
) {
  const backends = new FakeBackends();
  backends.standing = standing(given);
  await renderCards(<StandingCard />, {
    backends,
    entity: options.entity ?? modelEntity(),
  });
  await screen.findByLabelText('Your next step');
  return backends;
}

const cells = (row: HTMLElement) =>
  within(row)
    .getAllByRole('cell')
    .map(cell => cell.textContent);

describe('StandingCard', () => {
  it('shows tiers, purposes and profiles, with what a higher tier covers', async () => {
    await renderStanding({
      grants: [
        grant({ tier: 'customer-facing', modelVersion: '2.0' }),
        grant({ approvalId: 'other', tier: 'sandbox', profile: 'lab' }),
      ],
      heldApprovals: [
        approval({ state: 'suspended', tier: 'regulated', waitingFor: [] }),
      ],
    });

    expect(
      screen.getByText('May be used today, up to customer-facing'),
    ).toBeInTheDocument();
    const table = screen.getByRole('table');
    const [, apps, lab] = within(table).getAllByRole('row');
    expect(apps).toHaveTextContent('Summaries');
    expect(cells(apps)).toEqual([
      'AllowedBy the approval for customer-facing',
      'AllowedBy the approval for customer-facing',
      'AllowedVersion 2.0, until 1 Apr 2027',
      'Suspended',
    ]);
    expect(lab).toHaveTextContent('Profile lab');
    expect(cells(lab).slice(1)).toEqual([
      'NoRequest',
      'NoRequest',
      'NoRequest',
    ]);
  });

  it('leads from what is not allowed to a form with that scope', async () => {
    await renderStanding({ grants: [grant()] });

    const link = screen.getByRole('link', {
      name: 'Request regulated for summaries, profile apps',
    });
    const { searchParams } = new URL(
      link.getAttribute('href') ?? '',
      'http://localhost',
    );
    expect(Object.fromEntries(searchParams)).toEqual({
      entityRef: 'model:acme/writer',
      tier: 'regulated',
      purpose: 'summaries',
      profile: 'apps',
    });
  });

  it('leads to the request form when that is the next step', async () => {
    await renderStanding({});

    expect(
      screen.getByText('Not approved for any use yet'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Request access' }),
    ).toHaveAttribute(
      'href',
      '/governance/request?entityRef=model%3Aacme%2Fwriter',
    );
  });

  it('leads signers to the request that waits for them', async () => {
    await renderStanding({
      openRequests: [approval()],
      nextStep: {
        kind: 'sign',
        message: 'Security has to sign.',
        approvalId: 'approval-2',
      },
    });

    expect(
      screen.getByRole('button', { name: 'Review and decide' }),
    ).toHaveAttribute('href', '/governance/approvals/approval-2');
    expect(screen.queryByText('Request access')).toBeNull();
    expect(screen.getByText(/waits for security/)).toBeInTheDocument();
  });

  it('gives the id to call when it may be used, and a way to ask for more', async () => {
    await renderStanding({
      grants: [grant()],
      nextStep: { kind: 'use', message: 'Call it through the gateway.' },
    });

    const step = screen.getByLabelText('Your next step');
    expect(step).toHaveTextContent('acme/writer');
    expect(
      within(step).getByRole('button', { name: 'Request another use' }),
    ).toBeInTheDocument();
  });

  it('offers no new request for a deprecated model', async () => {
    await renderStanding(
      {
        grants: [grant()],
        nextStep: { kind: 'use', message: 'Call it through the gateway.' },
      },
      { entity: modelEntity({ lifecycle: 'deprecated' }) },
    );

    expect(screen.queryByText('Request another use')).toBeNull();
    expect(screen.queryByRole('link', { name: /^Request/ })).toBeNull();
  });

  it('says why the model is on hold, whether anything was approved or not', async () => {
    const message = 'The model is on hold: Leaks prompts.';
    await renderStanding({
      problems: [
        { code: 'on-hold', message },
        { code: 'no-owner', message: 'Nobody owns this model.' },
      ],
      nextStep: { kind: 'none', message: 'Wait until the hold is cleared.' },
    });

    expect(screen.getByText(message)).toBeInTheDocument();
    expect(screen.getByText('Nobody owns this model.')).toBeInTheDocument();
    expect(screen.queryByText('Not approved for any use yet')).toBeNull();
  });

  it('says that use is suspended, and what stands in the way', async () => {
    await renderStanding({
      heldApprovals: [approval({ state: 'suspended', waitingFor: [] })],
      problems: [{ code: 'no-owner', message: 'Nobody owns this model.' }],
      nextStep: { kind: 'none', message: 'Wait until the hold is cleared.' },
    });

    expect(
      screen.getByText('Suspended: calls are refused'),
    ).toBeInTheDocument();
    expect(screen.getByText('Nobody owns this model.')).toBeInTheDocument();
  });

  it.each([
    ['the governance backend', true],
    ['the governance frontend', false],
  ])('is silent where %s is not installed', async (_, withGovernance) => {
    const backends = new FakeBackends();
    await renderCards(
      <>
        <StandingCard />
        <PurposeCard />
      </>,
      { backends, entity: modelEntity(), withGovernance },
    );

    expect(await screen.findByText('What it is for')).toBeInTheDocument();
    expect(await screen.findByText(/does not say yet/)).toBeInTheDocument();
    expect(screen.queryByText('Where it may be used today')).toBeNull();
    expect(backends.requests).toHaveLength(withGovernance ? 1 : 0);
  });
});
