import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { stubAuthenticator, stubRegistration } from '../__testUtils__/passkeys';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { userRef } from '../shared/PersonField';
import { PasskeysPage } from './PasskeysPage';

const laptop = {
  id: 'p1',
  name: 'Laptop',
  createdAt: '2026-05-01T10:00:00Z',
};
const creation = {
  challenge: 'Y2hhbGxlbmdl',
  rp: { id: 'localhost', name: 'Model Hub' },
  user: { id: 'ZGFuYQ', name: 'dana', displayName: 'Dana' },
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
};

function backend(given: { items?: object[] } = {}) {
  const passkeys = given.items ?? [];
  return new FakeBackend()
    .on('GET /passkeys', () => ({
      items: [...passkeys],
      mayEnrol: true,
    }))
    .on('GET /delegations', { items: [] })
    .on('GET /passkeys/invitations', { items: [] })
    .on('POST /passkeys/registration/options', creation)
    .on('POST /passkeys/registration', ({ body }) => {
      passkeys.push({ ...laptop, id: 'p2', name: body?.name });
      return passkeys[passkeys.length - 1];
    })
    .on('DELETE /passkeys/p1', () => {
      passkeys.splice(0, 1);
      return new Response(null, { status: 204 });
    });
}

async function enrol(name: string) {
  fireEvent.click(await screen.findByRole('button', { name: 'Enrol passkey' }));
  fireEvent.change(await screen.findByLabelText(/^Name/), {
    target: { value: name },
  });
  fireEvent.click(screen.getByRole('button', { name: 'Enrol' }));
}

describe('PasskeysPage', () => {
  it('enrols a first passkey that an administrator invited', async () => {
    const { made } = stubRegistration();
    const fake = backend();
    await renderGovernance(<PasskeysPage />, { backend: fake });
    expect(
      await screen.findByText('You are invited: enrol one now.'),
    ).toBeVisible();
    await enrol('Phone');
    const table = await screen.findByRole('table', {
      name: 'My passkeys',
      hidden: true,
    });
    expect(within(table).getByText('Phone')).toBeInTheDocument();
    expect(fake.sent('POST /passkeys/registration/options')[0].body).toEqual(
      {},
    );
    expect(made[0].publicKey?.rp.id).toBe('localhost');
    expect(fake.sent('POST /passkeys/registration')[0].body).toMatchObject({
      name: 'Phone',
      response: { id: 'credential-2', type: 'public-key' },
    });
  });

  it('has a second one confirmed with the first', async () => {
    stubAuthenticator();
    stubRegistration();
    const fake = backend({ items: [laptop] }).on('POST /step-up/challenges', {
      challengeId: 'c1',
      options: { challenge: 'Y2hhbGxlbmdl' },
    });
    await renderGovernance(<PasskeysPage />, { backend: fake });
    await screen.findByText('Laptop');
    await enrol('Phone');
    expect(await screen.findByText('Phone')).toBeInTheDocument();
    expect(fake.sent('POST /step-up/challenges')[0].body).toEqual({
      action: 'passkey.enrol',
      payload: {},
    });
    expect(
      fake.sent('POST /passkeys/registration/options')[0].body,
    ).toMatchObject({ stepUp: { challengeId: 'c1' } });
  });

  it('sends nothing when the browser made no passkey', async () => {
    stubRegistration(new DOMException('cancelled', 'NotAllowedError'));
    const fake = backend();
    await renderGovernance(<PasskeysPage />, { backend: fake });
    await enrol('Phone');
    expect(await screen.findByText(/The passkey was not made/)).toBeVisible();
    expect(fake.sent('POST /passkeys/registration')).toEqual([]);
  });

  it('removes the last one only after a warning', async () => {
    const fake = backend({ items: [laptop] });
    await renderGovernance(<PasskeysPage />, { backend: fake });
    fireEvent.click(
      await screen.findByRole('button', { name: 'Remove passkey Laptop…' }),
    );
    expect(await screen.findByText(/It is your last one/)).toBeVisible();
    fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
    expect(await screen.findByText('You have no passkey')).toBeInTheDocument();
    expect(fake.sent('DELETE /passkeys/p1')[0].idempotencyKey).toBeTruthy();
  });

  it('invites people by name, and says when that is refused', async () => {
    let refuses = true;
    const invitations: object[] = [];
    const fake = backend()
      .on('GET /passkeys/invitations', () => ({ items: [...invitations] }))
      .on('POST /passkeys/invitations', ({ body }) => {
        if (refuses) return failure(409, 'ConflictError', 'Invited already.');
        invitations.push({
          id: 'i1',
          user: body?.user,
          invitedBy: 'user:default/dana',
          expiresAt: '2099-01-01T00:00:00Z',
        });
        return invitations[0];
      });
    await renderGovernance(<PasskeysPage />, { backend: fake });
    fireEvent.change(await screen.findByLabelText(/^User/), {
      target: { value: 'ines' },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Invite' }));
    expect(await screen.findByText('Invited already.')).toBeVisible();
    refuses = false;
    fireEvent.click(screen.getByRole('button', { name: 'Invite' }));
    await screen.findByRole('table', { name: 'Passkey invitations' });
    await waitFor(() => expect(screen.getByLabelText(/^User/)).toHaveValue(''));
    expect(fake.sent('POST /passkeys/invitations')[1].body).toEqual({
      user: 'user:default/ines',
    });
  });

  it.each([
    ['dana', 'user:default/dana'],
    ['team/dana', 'user:team/dana'],
    [' user:x/y ', 'user:x/y'],
  ])('takes %s for %s', (text, ref) => {
    expect(userRef(text)).toBe(ref);
  });
});
