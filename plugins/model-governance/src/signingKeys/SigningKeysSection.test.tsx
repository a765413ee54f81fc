import { fireEvent, screen, within } from '@testing-library/react';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { stubAuthenticator } from '../__testUtils__/passkeys';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { SigningKeysSection } from './SigningKeysSection';
import { standingText } from './signingKeyText';

const ROTATE = 'POST /signing-keys/rotate';
const REASON = 'The yearly rotation';

const key = (keyId: string, given: object = {}) => ({
  keyId,
  use: 'snapshot' as const,
  publicKey: 'PEM',
  state: 'active' as const,
  createdAt: '2026-05-01T10:00:00Z',
  ...given,
});

function backend(items: object[] = [key('aaaa')]) {
  return new FakeBackend()
    .on('GET /signing-keys', () => ({ items: [...items] }))
    .on('GET /passkeys', {
      items: [{ id: 'p1', name: 'Laptop', createdAt: '2026-05-01T10:00:00Z' }],
    })
    .on('POST /step-up/challenges', {
      challengeId: 'c1',
      options: { challenge: 'Y2hhbGxlbmdl', rpId: 'localhost' },
    })
    .on(ROTATE, () => {
      const made = key('bbbb', {
        succession: { predecessor: 'aaaa', signature: 's' },
      });
      items.splice(0, 1, made, key('aaaa', { state: 'retiring' }));
      return made;
    });
}

async function openDialog(fake: FakeBackend, of = /snapshots/) {
  await renderGovernance(<SigningKeysSection />, { backend: fake });
  fireEvent.click(
    await screen.findByRole('button', {
      name: new RegExp(`Rotate the key of: .*${of.source}`),
    }),
  );
  return screen.findByRole('dialog');
}

async function confirm(reason: string) {
  fireEvent.change(await screen.findByLabelText(/^Reason/), {
    target: { value: reason },
  });
  fireEvent.click(screen.getByRole('button', { name: 'Rotate with passkey' }));
}

const table = () => {
  const [, ...rows] = within(
    screen.getByRole('table', { name: 'Signing keys' }),
  ).getAllByRole('row');
  return rows.map(row =>
    within(row)
      .getAllByRole('cell')
      .map(cell => cell.textContent?.trim()),
  );
};

describe('SigningKeysSection', () => {
  it('says which keys sign what, and offers to rotate those that sign', async () => {
    await renderGovernance(<SigningKeysSection />, {
      backend: backend([
        key('cccc', { use: 'ledger' }),
        key('aaaa', { state: 'retired' }),
        key('bbbb', { succession: { predecessor: 'aaaa', signature: 's' } }),
      ]),
    });
    await screen.findByRole('table', { name: 'Signing keys' });
    expect(table().map(row => [row[0], row[1], row[2], row[4]])).toEqual([
      ['Allowlist snapshots for gateways', 'bbbb', 'Signs now', 'Rotate…'],
      ['Allowlist snapshots for gateways', 'aaaa', 'Retired', ''],
      ['Checkpoints of the ledger', 'cccc', 'Signs now', 'Rotate…'],
    ]);
  });

  it('warns of gateways with pinned ids, and rotates over a passkey', async () => {
    const { asked } = stubAuthenticator();
    const fake = backend();
    const dialog = await openDialog(fake);
    expect(dialog).toHaveTextContent('Gateways with pinned key ids do not.');
    await confirm(REASON);

    expect(await screen.findByRole('status')).toHaveTextContent(
      /are signed with bbbb .*Add the id to controlPlane.pinnedKeyIds/,
    );
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(asked).toHaveLength(1);
    expect(fake.sent('POST /step-up/challenges')[0].body).toEqual({
      action: 'signing-key.rotate',
      payload: { id: 'snapshot', use: 'snapshot', reason: REASON },
    });
    expect(fake.sent(ROTATE)).toMatchObject([
      {
        idempotencyKey: expect.any(String),
        body: {
          use: 'snapshot',
          reason: REASON,
          stepUp: { challengeId: 'c1' },
        },
      },
    ]);
    expect(
      await screen.findByText('Trusted until the next rotation'),
    ).toBeVisible();
  });

  it('says of the ledger that old signatures stay good, not of gateways', async () => {
    const dialog = await openDialog(
      backend([key('cccc', { use: 'ledger' })]),
      /ledger/,
    );
    expect(dialog).toHaveTextContent('What was signed so far stays valid');
    expect(dialog).not.toHaveTextContent('pinned');
  });

  it('rotates nothing without a reason, or without the passkey', async () => {
    stubAuthenticator(
      Object.assign(new Error('cancelled'), { name: 'NotAllowedError' }),
    );
    const fake = backend();
    await openDialog(fake);
    await confirm('because');
    expect(
      await screen.findByText(/Write at least 10 characters/),
    ).toBeVisible();
    await confirm(REASON);
    expect(
      await screen.findByText(/The passkey was not confirmed/),
    ).toBeVisible();
    expect(fake.sent(ROTATE)).toEqual([]);
  });

  it('says why it was refused', async () => {
    stubAuthenticator();
    await openDialog(
      backend().on(ROTATE, () =>
        failure(409, 'ConflictError', 'It was rotated by somebody else.'),
      ),
    );
    await confirm(REASON);
    expect(
      await screen.findByText('It was rotated by somebody else.'),
    ).toBeVisible();
  });

  it('says that nothing was signed yet', async () => {
    await renderGovernance(<SigningKeysSection />, { backend: backend([]) });
    expect(await screen.findByText('Nothing was signed yet')).toBeVisible();
  });

  it('says that the keys could not be loaded', async () => {
    await renderGovernance(<SigningKeysSection />, {
      backend: backend().on('GET /signing-keys', () =>
        failure(503, 'ServiceUnavailableError', 'The database is away'),
      ),
    });
    expect(
      await screen.findByText('The signing keys could not be loaded'),
    ).toBeVisible();
  });
});

describe('standingText', () => {
  it('warns of a key that no earlier one vouches for', () => {
    const old = key('aaaa', { state: 'retiring' });
    const lone = key('bbbb');
    expect(standingText(lone, [lone, old])).toMatch(/enrol again/);
    expect(standingText(lone, [lone])).toBe('Signs now');
    const ledger = key('cccc', { use: 'ledger' });
    expect(standingText(ledger, [ledger, key('d', { use: 'ledger' })])).toBe(
      'Signs now',
    );
  });
});
