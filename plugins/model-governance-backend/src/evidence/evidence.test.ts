import { mockCredentials } from '@backstage/backend-test-utils';
import {
  evidenceKey,
  formatEvidenceToken,
  trustKeys,
  verifyBundle,
} from '@modelhub/governance-protocol';
import request from 'supertest';
import { databaseIds } from '../__testUtils__';
import { startCiSystem } from './__testUtils__/ciSystem';
import { SCORE_TYPE, startEvidence } from './__testUtils__/evidenceWorld';

jest.setTimeout(120_000);

describe.each(databaseIds)('evidence from pipelines on %s', databaseId => {
  let hub: Awaited<ReturnType<typeof startEvidence>>;
  let ci: Awaited<ReturnType<typeof startCiSystem>>;
  beforeAll(async () => {
    ci = await startCiSystem();
    hub = await startEvidence(databaseId, {
      issuers: [
        {
          issuer: ci.issuer,
          audience: 'https://hub',
          pipelines: [
            {
              claims: { repository: 'acme/evals', ref: 'refs/heads/*' },
              models: ['model:meta/*'],
              gates: ['score'],
              owner: 'group:default/ml-platform',
            },
          ],
        },
      ],
    });
  });
  afterAll(async () => {
    await hub.portal.stop();
    await ci.stop();
  });

  const scoreOf = async (id: string) =>
    (await hub.portal.detail(id)).gates.find(
      ({ gateId }) => gateId === 'score',
    );

  it('lets a waiting request go on, once, and starts again when it is withdrawn', async () => {
    const { portal, world, ask, issue, sign, submit } = hub;
    const waiting = await ask({ tier: 'sandbox' });
    expect(waiting.state).toBe('checking');
    expect(waiting.gates[0].status).toBe('needs-evidence');

    const { status, body: token } = await issue('dana');
    expect(status).toBe(201);
    expect(token).toMatchObject({
      kind: 'issued',
      owner: 'user:default/dana',
      gates: ['score'],
    });
    // Only the public half is kept.
    const kept = JSON.stringify(await world.knex('evidence_tokens'));
    const seed: string = token.token.split('.')[2];
    expect(kept).not.toContain(seed);
    expect(kept).toContain(seed.slice(-4));

    const envelope = sign(token.token, { score: 95 });
    const first = await submit(envelope);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ rechecked: 1, replayed: false });
    const again = await submit(envelope);
    expect(again.status).toBe(200);
    expect(again.body).toEqual({ ...first.body, replayed: true });

    await portal.settle();
    const approved = await portal.detail(waiting.id);
    expect(approved.state).toBe('approved');
    expect(approved.gates[0].summary).toBe(
      'The score is 95, by user:default/dana.',
    );

    const { body: shown } = await portal
      .as('dana')
      .get(`/approvals/${waiting.id}/evidence`);
    expect(shown).toMatchObject({
      mayIssue: true,
      gates: [
        { gateId: 'score', required: true, predicateTypes: [SCORE_TYPE] },
      ],
      items: [
        {
          id: first.body.id,
          digest: first.body.digest,
          submittedBy: 'user:default/dana',
          token: { name: 'nightly', kind: 'issued' },
          mayWithdraw: true,
        },
      ],
    });

    // Taken back, it counts for nobody who asks from now on.
    world.permit = permission => permission !== 'model.evidence.manage';
    const stranger = await portal
      .as('lara')
      .post(`/evidence/${first.body.id}/withdraw`, { reason: 'Wrong model' });
    expect(stranger.status).toBe(404);
    const withdrawn = await portal
      .as('kai')
      .post(`/evidence/${first.body.id}/withdraw`, { reason: 'Wrong model' });
    expect(withdrawn.status).toBe(200);
    expect(withdrawn.body.withdrawn).toMatchObject({
      by: 'user:default/kai',
      reason: 'Wrong model',
    });
    const twice = await portal
      .as('kai')
      .post(`/evidence/${first.body.id}/withdraw`, { reason: 'Wrong model' });
    expect(twice.status).toBe(409);
    world.permit = () => true;
    await portal.settle();
    expect((await portal.detail(waiting.id)).state).toBe('approved');
    expect(world.sent).toContainEqual(
      expect.objectContaining({
        title: expect.stringContaining('was withdrawn'),
        recipients: ['user:default/dana', 'group:default/ml-platform'],
      }),
    );
    const next = await ask({
      tier: 'sandbox',
      profile: 'care',
      purpose: 'search',
    });
    expect(next.gates[0].status).toBe('needs-evidence');

    const { body: events } = await portal
      .as('nora')
      .get('/ledger?entityRef=model%3Ameta%2Fllama&limit=200');
    const types = events.items.map(({ type }: { type: string }) => type);
    for (const type of [
      'evidence-token.issued',
      'evidence.submitted',
      'evidence.withdrawn',
      'gate.evidence-submitted',
    ]) {
      expect(types).toContain(type);
    }
    await portal.as('dana').command(next.id, 'withdraw', { reason: 'Done.' });
  });

  it('checks again what people sign, and voids what they signed', async () => {
    const { portal, ask, issue, sign, submit } = hub;
    const { body: token } = await issue('kai', {
      owner: 'group:default/ml-platform',
      modelVersion: '2.0',
    });
    await submit(sign(token.token, { score: 91 }));
    const asked = await ask({ modelVersion: '2.0' });
    expect(asked.state).toBe('in-review');
    expect(asked.gates[0].summary).toContain('group:default/ml-platform');

    const worse = await submit(sign(token.token, { score: 10 }));
    expect(worse.body.rechecked).toBe(1);
    await portal.settle();
    expect((await portal.detail(asked.id)).state).toBe('changes-requested');
    expect((await scoreOf(asked.id))?.status).toBe('fail');

    // The newest counts, also where changes were asked for.
    await submit(sign(token.token, { score: 99 }));
    await portal.settle();
    const mended = await portal.detail(asked.id);
    expect(mended.state).toBe('changes-requested');
    expect((await scoreOf(asked.id))?.status).toBe('pass');
  });

  it('voids signatures that were given before the evidence changed', async () => {
    const { world, portal, ask, issue, sign, submit } = hub;
    const { body: token } = await issue('kai', { modelVersion: '2.0' });
    await submit(sign(token.token, { score: 91 }));
    const asked = await ask({ modelVersion: '2.0', tier: 'regulated' });
    const signed = await portal
      .as('priya')
      .command(asked.id, 'approve', { role: 'lead' });
    expect(signed.body.state).toBe('in-review');
    await submit(sign(token.token, { score: 92 }));
    await portal.settle();
    const again = await portal.detail(asked.id);
    expect(again).toMatchObject({
      state: 'in-review',
      waitingFor: ['lead', 'risk'],
    });
    expect(
      await world.knex('approval_sign_offs').where({ approval_id: asked.id }),
    ).toMatchObject([
      { void_reason: 'The evidence of a required check changed.' },
    ]);
    await portal.as('dana').command(asked.id, 'withdraw', { reason: 'Done.' });
  });

  it('refuses what is not meant, and says what to do', async () => {
    const { world, portal, issue, sign, submit } = hub;
    const { body: token } = await issue('mel');
    const line: string = token.token;
    const pin = `sha256:${'c'.repeat(64)}`;
    const score = { score: 92 };
    const good = sign(line, score);
    const forged = { ...good, payload: sign(line, { score: 100 }).payload };
    const cases: Array<[object, number, string]> = [
      [sign(line, score, { pin }), 403, 'other bytes'],
      [sign(line, {}), 400, 'score must be a number'],
      [forged, 401, 'not that of an evidence token'],
      [{ ...good, extra: 1 }, 400, 'additional properties'],
      [sign(line, { text: 'x'.repeat(1024 * 1024) }), 400, 'larger than'],
    ];
    for (const [envelope, status, message] of cases) {
      const answer = await submit(envelope);
      expect({ message, status: answer.status }).toEqual({ message, status });
      expect(answer.body.error.message).toContain(message);
    }
    const nonce = 'one-nonce-for-two-statements';
    expect((await submit(sign(line, score, { nonce }))).status).toBe(201);
    const second = await submit(sign(line, { score: 99 }, { nonce }));
    expect(second.status).toBe(409);

    const held = sign(line, score);
    expect((await submit(held)).status).toBe(201);
    const late = sign(line, score);
    const revoked = await portal
      .as('mel')
      .delete(`/evidence/tokens/${token.id}`);
    expect(revoked.body.revokedAt).toBeDefined();
    expect((await submit(late)).body.error.message).toContain('was revoked');
    expect((await submit(held)).status).toBe(200);

    const { body: short } = await issue('mel', { expiresInDays: 1 });
    const before = sign(short.token, score);
    world.clock.advance(25 * 3600);
    expect((await submit(before)).body.error.message).toContain('ended');
  });

  it('issues tokens to owners and those who asked, for gates that take something', async () => {
    const { world, portal, issue } = hub;
    world.permit = permission => permission !== 'model.evidence.manage';
    const stranger = await issue('lara');
    expect(stranger.status).toBe(403);
    expect(stranger.body.error.message).toContain('group:default/ml-platform');
    expect(
      (await issue('priya', { gates: ['probe'] })).body.error.message,
    ).toContain(
      "'probe' takes no evidence from outside. These checks do: score",
    );
    expect((await issue('priya', { modelVersion: '9' })).status).toBe(400);
    expect((await issue('priya', { entityRef: 'model:meta/x' })).status).toBe(
      404,
    );
    expect(
      (await issue('priya', { owner: 'group:default/legal' })).status,
    ).toBe(400);
    expect((await issue('priya', { expiresInDays: 181 })).status).toBe(400);

    const first = await issue('priya', {}, 'the-same-key');
    const again = await issue('priya', {}, 'the-same-key');
    expect(first.body.token).toBeDefined();
    expect(again.body).toEqual({ ...first.body, token: undefined });

    const mine = await portal.as('priya').get('/evidence/tokens');
    expect(mine.body.items.map(({ id }: { id: string }) => id)).toContain(
      first.body.id,
    );
    expect(
      (await portal.as('lara').get('/evidence/tokens')).body.items,
    ).toEqual([]);
    expect(
      (await portal.as('lara').delete(`/evidence/tokens/${first.body.id}`))
        .status,
    ).toBe(404);

    world.permit = permission => !permission.startsWith('model.evidence.');
    expect((await issue('priya')).body.error.message).toContain(
      'model.evidence.submit',
    );
    world.permit = () => true;
    const nobody = await request(portal.server)
      .get('/api/model-governance/evidence/tokens')
      .set('authorization', mockCredentials.none.header());
    expect(nobody.status).toBe(401);
  });

  it('takes the identity of a CI system for one key, for a few minutes', async () => {
    const { world, portal, submit, sign } = hub;
    const now = world.clock.now();
    const seed = Buffer.alloc(32, databaseId.length).toString('base64url');
    const { publicKey } = evidenceKey(seed);
    const show = (idToken: string, more: object = {}) =>
      request(portal.server)
        .post('/api/model-governance/evidence/ci-identity')
        .set('authorization', mockCredentials.none.header())
        .send({
          idToken,
          publicKey,
          entityRef: 'model:meta/llama',
          modelVersion: '1.0',
          ...more,
        });
    const idToken = await ci.idToken(now);
    const { status, body } = await show(idToken);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'ci',
      name: 'acme/evals',
      gates: ['score'],
      owner: 'group:default/ml-platform',
      identity: { repository: 'acme/evals', run_id: '4711', iss: ci.issuer },
      expiresAt: new Date(now.getTime() + 600_000).toISOString(),
    });
    expect((await show(idToken)).body).toEqual(body);
    const other = evidenceKey(Buffer.alloc(32, 99).toString('base64url'));
    const stolen = await show(idToken, { publicKey: other.publicKey });
    expect(stolen.status).toBe(401);
    expect(stolen.body.error.message).toContain('was shown before');

    const { id, entityRef, modelVersion, pin, gates, expiresAt } = body;
    const line = formatEvidenceToken({
      url: 'http://hub',
      id,
      entityRef,
      modelVersion,
      pin,
      gates,
      expiresAt,
      seed,
    });
    const taken = await submit(sign(line, { score: 93 }));
    expect(taken.status).toBe(201);

    const refusals: Array<[string, string, object?]> = [
      ['no-token', 'is no JWT'],
      [await ci.idToken(now), 'Ed25519', { publicKey: 'none' }],
      [await ci.idToken(now), 'may not submit', { entityRef: 'model:other/x' }],
      [await ci.idToken(now), "no version '9'", { modelVersion: '9' }],
    ];
    for (const [refused, message, more] of refusals) {
      const answer = await show(refused, more);
      expect({ message, ok: answer.status < 400 }).toEqual({
        message,
        ok: false,
      });
      expect(answer.body.error.message).toContain(message);
    }
    world.clock.advance(601);
    expect((await submit(sign(line, { score: 93 }))).status).toBe(403);
  });

  it('bundles all evidence of an approval so that it can be checked elsewhere', async () => {
    const { world, portal, ask, issue, sign, submit } = hub;
    const { body: token } = await issue('kai');
    await submit(sign(token.token, { score: 97 }));
    const asked = await ask({
      tier: 'sandbox',
      profile: 'care',
      purpose: 'search',
    });
    expect(asked.state).toBe('approved');
    const path = `/approvals/${asked.id}/evidence-bundle`;
    const { text, headers, status } = await portal.as('dana').get(path);
    expect(status).toBe(200);
    expect(headers['content-disposition']).toContain(asked.id);
    const { body: keys } = await portal.as('dana').get('/signing-keys');
    const trustedKeys = trustKeys(
      keys.items.map(({ publicKey }: { publicKey: string }) => publicKey),
    );
    const { text: ledger } = await portal.as('nora').get('/ledger/export');
    const lines = ledger.split('\n').filter(Boolean);
    expect(
      await verifyBundle(JSON.parse(text), { trustedKeys, ledger: lines }),
    ).toMatchObject({
      ok: true,
      gates: 1,
      files: 1,
      keysTrusted: true,
      ledgerChecked: true,
    });
    const forged = JSON.parse(text);
    forged.gates[0].evidence.files[0].text = '98';
    expect(await verifyBundle(forged, { trustedKeys })).toMatchObject({
      ok: false,
      reason: 'digest',
      place: 'gates[0].files[0] score.txt',
    });
    world.permit = permission => permission !== 'model.approval.read';
    expect((await portal.as('dana').get(path)).status).toBe(404);
    world.permit = () => true;
  });
});
