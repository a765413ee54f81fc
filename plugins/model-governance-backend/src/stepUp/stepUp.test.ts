import { mockCredentials } from '@backstage/backend-test-utils';
import { verifyStepUpEvidence } from '@modelhub/governance-protocol';
import { databaseIds } from '../__testUtils__';
import {
  admin,
  ines,
  inesRef,
  openStepUp,
  sign,
  tom,
} from './__testUtils__/openStepUp';
import { SoftAuthenticator } from './__testUtils__/SoftAuthenticator';

jest.setTimeout(60_000);

describe.each(databaseIds)('passkeys on %s', databaseId => {
  it('need an invitation first, and one counts once', async () => {
    const { passkeys, enrol, events, clock } = await openStepUp(databaseId);
    await expect(enrol(ines)).rejects.toThrow('Ask an administrator');
    expect(await passkeys.list(ines)).toEqual({ items: [], mayEnrol: false });

    const invitation = await passkeys.invite(admin, 'ines');
    expect(invitation).toMatchObject({
      user: inesRef,
      invitedBy: 'user:default/ada',
      expiresAt: '2026-11-05T09:00:00.000Z',
    });
    expect(await passkeys.invitations(admin)).toEqual([invitation]);
    await expect(passkeys.invite(admin, inesRef)).rejects.toThrow(
      'has an open invitation already',
    );
    expect((await passkeys.list(ines)).mayEnrol).toBe(true);
    await expect(enrol(tom)).rejects.toThrow('Ask an administrator');

    const first = await passkeys.registrationOptions(ines);
    await enrol(ines);
    const { items } = await passkeys.list(ines);
    expect(items).toEqual([
      {
        id: expect.any(String),
        name: 'Laptop',
        createdAt: clock.now().toISOString(),
        backedUp: false,
      },
    ]);
    // The other enrolment that was begun with the same invitation.
    await expect(
      passkeys.register(ines, {
        name: 'Second',
        response: new SoftAuthenticator().create(first),
      }),
    ).rejects.toThrow('invitation was used');
    await expect(enrol(ines)).rejects.toThrow('Confirm with one of your');

    expect(
      (await events()).map(({ type, actorRef, people }) => [
        type,
        actorRef,
        people,
      ]),
    ).toEqual([
      ['passkey.invited', 'user:default/ada', expect.anything()],
      ['passkey.enrolled', inesRef, {}],
    ]);
  });

  it('are invited to by those who may, for people who exist', async () => {
    const { passkeys } = await openStepUp(databaseId);
    await expect(passkeys.invite(ines, inesRef)).rejects.toThrow(
      'model.passkey.invite',
    );
    await expect(passkeys.invitations(ines)).rejects.toThrow(
      'model.passkey.invite',
    );
    await expect(passkeys.invite(admin, 'group:default/x')).rejects.toThrow(
      'not a user',
    );
    await expect(passkeys.invite(admin, 'ghost')).rejects.toThrow(
      'not in the catalog',
    );
    const service = mockCredentials.service();
    await expect(passkeys.list(service)).rejects.toThrow('Only people');
  });

  it('lose their invitation with time, and a new one can be made', async () => {
    const { passkeys, enrol, clock } = await openStepUp(databaseId);
    await passkeys.invite(admin, inesRef);
    clock.advance(73 * 3600);
    await expect(enrol(ines)).rejects.toThrow('Ask an administrator');
    await passkeys.invite(admin, inesRef);
    await enrol(ines);
    expect((await passkeys.list(ines)).items).toHaveLength(1);
  });

  it('vouch for the next one', async () => {
    const { passkeys, enrolled, enrol, challenge, proof } = await openStepUp(
      databaseId,
    );
    const key = await enrolled();
    const { challengeId, options } = await challenge(ines, {}, 'passkey.enrol');
    await enrol(
      ines,
      new SoftAuthenticator(),
      proof(challengeId, key.get(options)),
    );
    expect((await passkeys.list(ines)).items).toHaveLength(2);
  });

  it('are refused without verification of the person, from elsewhere, twice, or by another', async () => {
    const { passkeys } = await openStepUp(databaseId);
    await passkeys.invite(admin, inesRef);
    const attempt = async (
      circumstances: Parameters<SoftAuthenticator['create']>[1],
      as = ines,
    ) => {
      const key = new SoftAuthenticator();
      const options = await passkeys.registrationOptions(ines);
      const response = key.create(options, circumstances);
      await passkeys.register(as, { name: 'x', response });
      return response;
    };
    await expect(attempt({ userVerified: false })).rejects.toThrow(
      /not enrolled/,
    );
    await expect(attempt({ origin: 'https://evil.example' })).rejects.toThrow(
      /not enrolled/,
    );
    await expect(attempt({ rpId: 'evil.example' })).rejects.toThrow(
      /not enrolled/,
    );
    await expect(attempt({}, tom)).rejects.toThrow('not yours');
    const response = await attempt({});
    await expect(
      passkeys.register(ines, { name: 'again', response }),
    ).rejects.toThrow('Begin again');
    expect((await passkeys.list(ines)).items).toHaveLength(1);
  });

  it('are removed by their owner or an administrator, and then confirm nothing', async () => {
    const { passkeys, enrolled, challenge, proof, consume, events } =
      await openStepUp(databaseId);
    const key = await enrolled();
    const { challengeId, options } = await challenge();
    const [{ id }] = (await passkeys.list(ines)).items;
    await expect(passkeys.remove(tom, id)).rejects.toThrow('no passkey');
    await passkeys.remove(admin, id);
    await expect(consume(proof(challengeId, key.get(options)))).rejects.toThrow(
      'not one of yours',
    );
    expect((await events()).at(-1)?.type).toBe('passkey.removed');
    await expect(challenge()).rejects.toThrow('You have no passkey');
  });

  it('are not renewed by a stolen session that removes them and invites itself', async () => {
    const { passkeys, enrol } = await openStepUp(databaseId);
    const ada = 'user:default/ada';
    await passkeys.invite(admin, ada);
    await enrol(admin);
    const [{ id }] = (await passkeys.list(admin)).items;
    await passkeys.remove(admin, id);
    await expect(passkeys.invite(admin, ada)).rejects.toThrow(
      'ask another administrator',
    );
    await expect(enrol(admin)).rejects.toThrow('Ask an administrator');
  });
});

describe.each(databaseIds)('step-up on %s', databaseId => {
  it('confirms exactly one command once, and leaves evidence for offline verification', async () => {
    const { enrolled, challenge, proof, consume, knex, passkeys } =
      await openStepUp(databaseId);
    const key = await enrolled();
    const { challengeId, options } = await challenge();
    const stepUpProof = proof(challengeId, key.get(options));
    const evidence = await consume(stepUpProof);
    expect(
      verifyStepUpEvidence(evidence, { userRef: inesRef, payload: sign }),
    ).toEqual({ ok: true });
    expect(
      verifyStepUpEvidence(evidence, {
        userRef: 'user:default/tom',
        payload: sign,
      }),
    ).toMatchObject({ ok: false });
    const row = await knex('passkey_challenges')
      .where({ id: challengeId })
      .first();
    expect(JSON.parse(row.payload)).toEqual(sign);
    expect(JSON.parse(row.evidence)).toEqual(evidence);
    expect((await passkeys.list(ines)).items[0].lastUsedAt).toBeDefined();

    await expect(consume(stepUpProof)).rejects.toThrow('was used');
  });

  it('may be sent again when its transaction was rolled back for another reason', async () => {
    const { enrolled, challenge, proof, consume, foundation, service } =
      await openStepUp(databaseId);
    const key = await enrolled();
    const { challengeId, options } = await challenge();
    const stepUpProof = proof(challengeId, key.get(options));
    await expect(
      foundation.transactions.run(async tx => {
        await service.consume(tx, {
          userRef: inesRef,
          action: 'approval.command',
          payload: sign,
          proof: stepUpProof,
        });
        throw new Error('stale revision');
      }),
    ).rejects.toThrow('stale revision');
    await expect(consume(stepUpProof)).resolves.toMatchObject({
      action: 'approval.command',
    });
  });

  it.each([
    [
      'another payload',
      { payload: { ...sign, role: 'legal' } },
      'something else',
    ],
    [
      'another revision',
      { payload: { ...sign, revision: 4 } },
      'something else',
    ],
    ['another action', { action: 'gate.waive' as const }, 'something else'],
    ['another user', { userRef: 'user:default/tom' }, 'not yours'],
  ])('refuses %s', async (_, changes, message) => {
    const { enrolled, challenge, proof, consume } = await openStepUp(
      databaseId,
    );
    const key = await enrolled();
    const { challengeId, options } = await challenge();
    await expect(
      consume(proof(challengeId, key.get(options)), changes),
    ).rejects.toThrow(message);
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another domain', { rpId: 'evil.example' }],
    ['no verification of the person', { userVerified: false }],
    ['a counter that went back', { counter: 1 }],
  ])('refuses %s', async (_, circumstances) => {
    const { enrolled, challenge, proof, consume } = await openStepUp(
      databaseId,
    );
    const key = await enrolled();
    const first = await challenge();
    await consume(
      proof(first.challengeId, key.get(first.options, { counter: 5 })),
    );
    const { challengeId, options } = await challenge();
    const response = key.get(options, { counter: 6, ...circumstances });
    await expect(consume(proof(challengeId, response))).rejects.toThrow(
      'did not confirm',
    );
    // Whoever fails begins anew: the challenge is used up.
    await expect(
      consume(proof(challengeId, key.get(options, { counter: 7 }))),
    ).rejects.toThrow('was used');
  });

  it('refuses a signature over another challenge, and the key of another', async () => {
    const { enrolled, enrol, passkeys, challenge, proof, consume } =
      await openStepUp(databaseId);
    const key = await enrolled();
    const one = await challenge();
    const two = await challenge();
    await expect(
      consume(proof(one.challengeId, key.get(two.options))),
    ).rejects.toThrow('did not confirm');
    await passkeys.invite(admin, 'user:default/tom');
    const other = await enrol(tom);
    await expect(
      consume(proof(two.challengeId, other.get(two.options))),
    ).rejects.toThrow('not one of yours');
  });

  it('ends after five minutes', async () => {
    const { enrolled, challenge, proof, consume, clock } = await openStepUp(
      databaseId,
    );
    const key = await enrolled();
    const { challengeId, options } = await challenge();
    clock.advance(5 * 60);
    await expect(consume(proof(challengeId, key.get(options)))).rejects.toThrow(
      'too old',
    );
  });

  it('locks after five failures, for a while', async () => {
    const { enrolled, challenge, proof, consume, clock } = await openStepUp(
      databaseId,
    );
    const key = await enrolled();
    for (let i = 0; i < 5; i += 1) {
      const { challengeId, options } = await challenge();
      const response = key.get(options, { userVerified: false });
      await expect(consume(proof(challengeId, response))).rejects.toThrow(
        'did not confirm',
      );
    }
    await expect(challenge()).rejects.toThrow('Too many confirmations failed');
    clock.advance(16 * 60);
    const { challengeId, options } = await challenge();
    await expect(
      consume(proof(challengeId, key.get(options))),
    ).resolves.toBeDefined();
  });

  it('is for people only', async () => {
    const { challenge } = await openStepUp(databaseId);
    await expect(challenge(mockCredentials.service())).rejects.toThrow(
      'Only a person',
    );
  });
});
