import { TestIssuer } from './__testUtils__/TestIssuer';
import { secretOf } from './__testUtils__/TestControlPlane';
import { Rig } from './__testUtils__/rig';

describe('A token of the organisation', () => {
  let issuer: TestIssuer;
  let rig: Rig;

  beforeEach(async () => {
    issuer = await TestIssuer.create();
    const rule = { purpose: 'summarise', tier: 'internal' };
    rig = await Rig.create({
      settings: {
        oidc: [
          {
            issuer: issuer.url,
            audience: 'model-gateway',
            rules: [
              { group: 'developers', profile: 'strict', ...rule },
              { group: 'watchers', profile: 'watched', ...rule },
            ],
          },
        ],
      },
    });
  });
  afterEach(async () => {
    await rig.stop();
    await issuer.close();
  });

  const models = async (token: string, headers = {}) => {
    const answer = await fetch(`${rig.url}/v1/models`, {
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
    const { data = [] } = (await answer.json()) as {
      data?: Array<{ id: string }>;
    };
    return { status: answer.status, ids: data.map(({ id }) => id) };
  };

  it('calls what its profile may call, and nothing else', async () => {
    const token = await issuer.sign();
    expect((await rig.chat(token, { model: 'acme/chat' })).status).toBe(200);
    const refused = await rig.chat(token, { model: 'acme/unapproved' });
    expect(refused).toMatchObject({
      status: 403,
      body: { error: { code: 'model_not_approved' } },
    });
    expect(rig.logs.join()).toMatch(
      /"keyId":"oidc:[0-9a-f]{40}","profile":"strict"/,
    );
    expect(rig.logs.join()).not.toContain(token);
    expect((await models(token)).ids).toEqual(
      (await models(secretOf('strict'))).ids,
    );
  });

  it('is refused when it is not good, also where keys are taken', async () => {
    const { status, headers, body } = await rig.chat(
      await issuer.sign({ aud: 'b' }),
      { model: 'acme/chat' },
    );
    expect(status).toBe(401);
    expect(body.error.code).toBe('invalid_token');
    expect(headers.get('www-authenticate')).toContain('invalid_token');
    expect((await models(await issuer.sign({ groups: [] }))).status).toBe(403);
    expect(
      (await rig.chat(secretOf('strict'), { model: 'acme/chat' })).status,
    ).toBe(200);
  });

  it('chooses among its own profiles by header', async () => {
    const token = await issuer.sign({ groups: ['developers', 'watchers'] });
    expect((await models(token)).ids).not.toContain('acme/unapproved');
    expect(
      (await models(token, { 'x-modelhub-profile': 'watched' })).ids,
    ).toContain('acme/unapproved');
    expect(
      (await models(token, { 'x-modelhub-profile': 'warned' })).status,
    ).toBe(403);
  });

  it('loses what its profile loses', async () => {
    const token = await issuer.sign();
    expect((await models(token)).ids).toContain('acme/chat');
    rig.plane.change({
      profiles: rig.plane.content.profiles.filter(({ id }) => id !== 'strict'),
    });
    await expect(
      (async () => {
        while ((await models(token)).status === 200);
        return (await models(token)).status;
      })(),
    ).resolves.toBe(403);
  });
});
