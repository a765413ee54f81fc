import { screen } from '@testing-library/react';
import { FakeBackend } from '../__testUtils__/FakeBackend';
import { approval } from '../__testUtils__/fixtures';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { EmergencyReview } from './EmergencyReview';

describe('EmergencyReview', () => {
  const render = (rest: Parameters<typeof approval>[0]) =>
    renderGovernance(
      <EmergencyReview
        approval={approval({ kind: 'emergency', ...rest })}
        onChange={() => {}}
      />,
      { backend: new FakeBackend() },
    );

  it('promises no end but the one it has, and says what becomes of it unreviewed', async () => {
    await render({ state: 'approved', expiresAt: '2026-05-04T10:00:00Z' });
    const text = await screen.findByText(/as revoked unless/);
    expect(text).toHaveTextContent('A review does not prolong it.');
    expect(text.querySelector('time')).toHaveAttribute(
      'datetime',
      '2026-05-04T10:00:00.000Z',
    );
  });

  it('still asks for the review when it ended without one', async () => {
    await render({ state: 'revoked', expiresAt: '2026-05-04T10:00:00Z' });
    expect(await screen.findByText(/nobody reviewed it/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Justified…' })).toBeEnabled();
  });
});
