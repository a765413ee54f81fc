import type { TestIssuer } from '../__testUtils__/TestIssuer';
import {
  OidcRig,
  RULES,
  call,
  inSeconds,
  recognise,
} from '../__testUtils__/OidcRig';
import { toOidcIssuers } from './OidcConfig';
import { principalOf } from './principalOf';

describe('OidcIdentities', () => {
  let rig: OidcRig;
  let issuer: TestIssuer;

  beforeEach(async () => {
    rig = await OidcRig.create();
    issuer = rig.issuer;
  });
  afterEach(() => issuer.close());

  it('turns a token into a key of the profile of its group', async () => {
    const of = rig.identities();
    const token = await issuer.sign();
    const key = await call(of, token);
    expect(key).toMatchObject({
      id: expect.stringMatching(/^oidc:[0-9a-f]{40}$/),
      profile: 'strict',
      purpose: 'summarise',
      tier: 'internal',
    });
    expect(Date.parse(key.expiresAt!)).toBeGreaterThan(Date.now() + 500_000);
    const other = await call(of, await issuer.sign({ sub: 'user-2' }));
    expect(other.id).not.toBe(key.id);
    expect((await call(of, await issuer.sign({ jti: 'x' }))).id).toBe(key.id);
    expect(issuer.requests).toEqual([
      '/.well-known/openid-configuration',
      '/jwks',
    ]);
  });

  it.each([
    [{ claim: 'login' }, { login: 'Dana' }, 'user:default/dana'],
    [{ claim: 'login' }, { login: 'user:staff/dana' }, 'user:staff/dana'],
    [
      { claim: 'login', kind: 'component', namespace: 'bots' },
      { login: 'crawler' },
      'component:bots/crawler',
    ],
    [{ claim: 'login' }, { login: 'dana@acme.example' }, undefined],
    [{ claim: 'login' }, { login: 'user:default/../dana' }, undefined],
    [{ claim: 'login' }, { login: 7 }, undefined],
    [{ claim: 'login' }, {}, undefined],
    [undefined, { login: 'dana' }, undefined],
  ])(
    'knows by %j of a token with %j that it is %s',
    async (principal, claims, entityRef) => {
      const key = await call(
        rig.identities({ principal }),
        await issuer.sign(claims),
      );
      expect(principalOf(key)).toEqual(
        entityRef && { entityRef, issuer: issuer.url },
      );
    },
  );

  it('answers at once for a token that it verified, and never beyond its end', async () => {
    const of = rig.identities({ clockToleranceSeconds: 0 });
    const token = await issuer.sign({ exp: inSeconds(200) });
    const key = await call(of, token);
    expect(recognise(of, token)).toBe(key);
    rig.ahead = 201_000;
    await expect(call(of, token)).rejects.toMatchObject({
      status: 401,
      message: expect.stringContaining('expired'),
    });
    rig.ahead = 0;
    expect(recognise(of, token)).toBe(key);
  });

  it('looks again after five minutes, so that a withdrawn key is noticed', async () => {
    const of = rig.identities({}, { freshMs: 0 });
    const token = await issuer.sign();
    await call(of, token);
    issuer.keys.length = 0;
    await issuer.addKey('ES256');
    issuer.keys[0].jwk.kid = 'other';
    rig.ahead = 290_000;
    expect(recognise(of, token)).not.toBeInstanceOf(Promise);
    rig.ahead = 301_000;
    await expect(call(of, token)).rejects.toMatchObject({ status: 401 });
  });

  it('verifies a token once, however many calls come with it at one time', async () => {
    const of = rig.identities();
    const token = await issuer.sign();
    const keys = await Promise.all(
      Array.from({ length: 50 }, () => call(of, token)),
    );
    expect(new Set(keys).size).toBe(1);
    expect(issuer.requests).toHaveLength(2);
  });

  it.each(['RS256', 'PS256', 'ES384', 'EdDSA'])('takes %s', async alg => {
    await issuer.addKey(alg);
    await expect(
      call(rig.identities(), await issuer.sign()),
    ).resolves.toMatchObject({ profile: 'strict' });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['of another audience', { aud: 'other' }, "'aud'"],
    ['without audience', { aud: undefined }, "'aud'"],
    ['that expired', { exp: inSeconds(-31) }, 'expired'],
    ['without expiry', { exp: undefined }, "'exp'"],
    ['that is not valid yet', { nbf: inSeconds(60) }, "'nbf'"],
    ['without subject', { sub: undefined }, "'sub'"],
    ['with an empty subject', { sub: '' }, "'sub'"],
    ['with a subject that is none', { sub: 7 }, "'sub'"],
    ['of an unknown issuer', { iss: 'https://evil.example' }, 'issuer'],
    ['without issuer', { iss: undefined }, 'issuer'],
    [
      'for several audiences and nobody',
      { aud: ['model-gateway', 'b'] },
      "'azp'",
    ],
    ['that is bound to a key', { cnf: { jkt: 'x' } }, "'cnf'"],
  ])('refuses one %s', async (_, claims, words) => {
    await expect(
      call(rig.identities(), await issuer.sign(claims)),
    ).rejects.toMatchObject({
      status: 401,
      code: 'invalid_token',
      message: expect.stringContaining(words),
    });
  });

  it('allows clocks to differ by the tolerance, not more', async () => {
    const of = rig.identities({ clockToleranceSeconds: 5 });
    await expect(
      call(of, await issuer.sign({ nbf: inSeconds(4) })),
    ).resolves.toBeDefined();
    await expect(
      call(of, await issuer.sign({ nbf: inSeconds(8) })),
    ).rejects.toMatchObject({ status: 401 });
  });

  it('takes tokens of the clients that are named', async () => {
    const of = rig.identities({ authorizedParties: ['portal'] });
    await expect(
      call(of, await issuer.sign({ azp: 'portal' })),
    ).resolves.toBeDefined();
    await expect(
      call(
        of,
        await issuer.sign({ client_id: 'portal', aud: ['model-gateway', 'b'] }),
      ),
    ).resolves.toBeDefined();
    await expect(
      call(of, await issuer.sign({ azp: 'game' })),
    ).rejects.toMatchObject({ status: 401 });
    await expect(call(of, await issuer.sign())).rejects.toMatchObject({
      status: 401,
    });
  });

  it('takes no token for another use', async () => {
    await expect(
      call(rig.identities(), await issuer.sign({}, { typ: 'at+jwt' })),
    ).resolves.toBeDefined();
    await expect(
      call(rig.identities(), await issuer.sign({}, { typ: 'logout+jwt' })),
    ).rejects.toMatchObject({ status: 401 });
  });

  describe('and groups', () => {
    it('lets the first rule decide, and the caller choose among its own', async () => {
      const of = rig.identities();
      const token = await issuer.sign({ groups: ['support', 'developers'] });
      expect(await call(of, token)).toMatchObject({ profile: 'strict' });
      expect(await call(of, token, { profile: 'watched' })).toMatchObject({
        profile: 'watched',
        tier: 'sandbox',
        team: 'group:default/support',
      });
      expect(await call(of, token, { purpose: 'answers' })).toMatchObject({
        profile: 'watched',
      });
      await expect(
        call(of, token, { profile: 'warned' }),
      ).rejects.toMatchObject({
        status: 403,
        code: 'access_profile_not_yours',
      });
      await expect(
        call(of, token, { profile: 'strict', purpose: 'answers' }),
      ).rejects.toMatchObject({ status: 403 });
    });

    it.each<[string, Record<string, unknown>, string]>([
      ['none', { groups: undefined }, 'no_access_profile'],
      [
        'none that has a profile',
        { groups: ['Developers', 'dev'] },
        'no_access_profile',
      ],
      [
        'a profile that the snapshot does not hold',
        { groups: ['ghosts'] },
        'unknown_access_profile',
      ],
      [
        'too many for a token',
        { groups: undefined, _claim_names: { groups: 'src1' } },
        'groups_not_in_token',
      ],
    ])('refuses a token with %s', async (_, claims, code) => {
      await expect(
        call(rig.identities(), await issuer.sign(claims)),
      ).rejects.toMatchObject({ status: 403, code });
    });

    it.each<[string, Record<string, unknown>]>([
      ['realm_access.roles', { realm_access: { roles: ['developers'] } }],
      [
        'https://acme.example/groups',
        { 'https://acme.example/groups': ['developers', 7] },
      ],
      ['role', { role: 'developers' }],
    ])('finds them in %s', async (groupsClaim, claims) => {
      const token = await issuer.sign({ groups: undefined, ...claims });
      await expect(
        call(rig.identities({ groupsClaim }), token),
      ).resolves.toMatchObject({ profile: 'strict' });
    });

    it('is not led astray by names that every object has', async () => {
      const token = await issuer.sign({ groups: undefined });
      await expect(
        call(rig.identities({ groupsClaim: 'constructor.name' }), token),
      ).rejects.toMatchObject({ status: 403 });
    });
  });
});

describe('toOidcIssuers', () => {
  it('takes keys only over lines that nobody else writes on', () => {
    const issuer = { audience: 'a', rules: RULES };
    expect(() =>
      toOidcIssuers([{ ...issuer, issuer: 'http://id.example' }]),
    ).toThrow("oidc.0.issuer 'http://id.example' must be https");
    expect(() =>
      toOidcIssuers([
        {
          ...issuer,
          issuer: 'https://id.example',
          jwksUri: 'http://id.example/keys',
        },
      ]),
    ).toThrow('oidc.0.jwksUri');
    expect(
      toOidcIssuers([{ ...issuer, issuer: 'https://id.example' }]),
    ).toMatchObject([
      {
        groupsClaim: 'groups',
        clockToleranceSeconds: 30,
        maxKeyAgeSeconds: 3600,
      },
    ]);
  });
});
