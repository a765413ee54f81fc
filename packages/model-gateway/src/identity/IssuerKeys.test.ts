import { SignJWT, UnsecuredJWT, exportSPKI } from 'jose';
import { OidcRig, call, inSeconds } from '../__testUtils__/OidcRig';
import { TestIssuer } from '../__testUtils__/TestIssuer';

describe('A token', () => {
  let rig: OidcRig;
  let issuer: TestIssuer;

  beforeEach(async () => {
    rig = await OidcRig.create();
    issuer = rig.issuer;
  });
  afterEach(() => issuer.close());

  describe('with a forged signature', () => {
    const claims = () => ({
      iss: issuer.url,
      aud: 'model-gateway',
      sub: 'user-1',
      groups: ['developers'],
      exp: inSeconds(60),
    });

    it('refuses the public key as a shared secret', async () => {
      const { alg } = await issuer.addKey('RS256');
      expect(alg).toBe('RS256');
      const [, rsa] = issuer.keys;
      const secret = Buffer.from(await exportSPKI(rsa.publicKey));
      const token = await new SignJWT(claims())
        .setProtectedHeader({ alg: 'HS256', kid: rsa.jwk.kid })
        .sign(secret);
      await expect(call(rig.identities(), token)).rejects.toMatchObject({
        status: 401,
        message: expect.stringContaining('algorithm'),
      });
    });

    it('refuses no signature at all', async () => {
      const token = new UnsecuredJWT(claims()).encode();
      await expect(call(rig.identities(), token)).rejects.toMatchObject({
        status: 401,
      });
    });

    it('refuses the key that the token brings along', async () => {
      const stranger = await TestIssuer.create();
      const [key] = stranger.keys;
      await stranger.close();
      const token = await new SignJWT(claims())
        .setProtectedHeader({
          alg: 'ES256',
          kid: issuer.keys[0].jwk.kid,
          jwk: key.jwk,
        })
        .sign(key.privateKey);
      await expect(call(rig.identities(), token)).rejects.toMatchObject({
        status: 401,
        message: expect.stringContaining('signature'),
      });
    });

    it('refuses changed claims', async () => {
      const [head, , signature] = (await issuer.sign()).split('.');
      const body = Buffer.from(
        JSON.stringify({ ...claims(), groups: ['support'] }),
      ).toString('base64url');
      await expect(
        call(rig.identities(), `${head}.${body}.${signature}`),
      ).rejects.toMatchObject({ status: 401 });
    });

    it.each([
      ['nothing', ''],
      ['a word', 'x'],
      ['three words', 'a.b.c'],
      ['empty objects', 'e30.e30.e30'],
      ['20,000 characters', `${'a'.repeat(20_000)}.b.c`],
    ])('refuses %s', async (_, token) => {
      await expect(call(rig.identities(), token)).rejects.toMatchObject({
        status: 401,
        code: 'invalid_token',
      });
      expect(issuer.requests).toEqual([]);
    });
  });

  describe('and its keys', () => {
    it('follows a rotation, and asks no more often than it may for unknown keys', async () => {
      const of = rig.identities({}, { cooldownMs: 0 });
      await call(of, await issuer.sign());
      await issuer.addKey('ES256');
      await expect(
        call(of, await issuer.sign({ sub: 'b' })),
      ).resolves.toBeDefined();

      const cool = rig.identities();
      await call(cool, await issuer.sign());
      const asked = issuer.requests.length;
      const unknown = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          issuer.sign({ sub: `${n}` }, { kid: `k${n}` }),
        ),
      );
      for (const token of unknown) {
        await expect(call(cool, token)).rejects.toMatchObject({ status: 401 });
      }
      expect(issuer.requests).toHaveLength(asked);
    });

    it('answers 503 while there are none', async () => {
      issuer.fault = 500;
      const of = rig.identities({}, { cooldownMs: 0 });
      await expect(call(of, await issuer.sign())).rejects.toMatchObject({
        status: 503,
        code: 'identity_unavailable',
      });
      expect(rig.warnings[0]).toContain('was answered 500');
      issuer.fault = undefined;
      await expect(call(of, await issuer.sign())).resolves.toBeDefined();
    });

    it('does not wait for a silent issuer again and again', async () => {
      issuer.silent = true;
      const of = rig.identities({}, { timeoutMs: 50 });
      for (const sub of ['a', 'b', 'c']) {
        await expect(
          call(of, await issuer.sign({ sub })),
        ).rejects.toMatchObject({ status: 503 });
      }
      expect(issuer.requests).toHaveLength(1);
    });

    it('keeps the last good ones while the issuer is away, and not for ever', async () => {
      const young = rig.identities({}, { freshMs: 0, cooldownMs: 0 });
      const old = rig.identities(
        { maxKeyAgeSeconds: 0 },
        { freshMs: 0, cooldownMs: 0 },
      );
      await call(young, await issuer.sign());
      await call(old, await issuer.sign());
      issuer.fault = 503;
      await expect(
        call(young, await issuer.sign({ sub: 'b' })),
      ).resolves.toBeDefined();
      await expect(
        call(young, await issuer.sign({}, { kid: 'other' })),
      ).rejects.toMatchObject({ status: 401 });
      await expect(
        call(old, await issuer.sign({ sub: 'b' })),
      ).rejects.toMatchObject({ status: 503 });
    });

    it('believes no discovery document of another issuer', async () => {
      issuer.claimedIssuer = 'https://evil.example';
      await expect(
        call(rig.identities(), await issuer.sign()),
      ).rejects.toMatchObject({ status: 503 });
      expect(issuer.requests).not.toContain('/jwks');
      expect(rig.warnings[0]).toContain('another issuer');
    });

    it('needs no discovery where it is told the address', async () => {
      await call(
        rig.identities({ jwksUri: `${issuer.url}/jwks` }),
        await issuer.sign(),
      );
      expect(issuer.requests).toEqual(['/jwks']);
    });
  });
});
