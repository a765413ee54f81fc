import { createPrivateKey } from 'node:crypto';
import { generateSigningKey } from '../crypto';
import { signText } from '../crypto/keys';
import { NOW } from '../__testUtils__/content';
import {
  createGatewayProof,
  readGatewayProofIssuer,
  verifyGatewayProof,
} from './gatewayProof';

const key = generateSigningKey();
const path = '/api/model-governance/allowlist/snapshot';
const proofOf = (
  fields: Partial<Parameters<typeof createGatewayProof>[0]> = {},
) =>
  createGatewayProof({
    gatewayId: 'gw-1',
    privateKey: key.privateKey,
    method: 'GET',
    path,
    now: NOW,
    ...fields,
  });
const remember = () => {
  const seen = new Set<string>();
  return (jti: string) => seen.size === seen.add(jti).size;
};
const check = async (
  proof: string,
  fields: Partial<Parameters<typeof verifyGatewayProof>[2]> = {},
  publicKey = key.publicKey,
) => {
  const result = await verifyGatewayProof(proof, publicKey, {
    method: 'GET',
    path,
    now: NOW,
    seen: remember(),
    ...fields,
  });
  return result.ok ? 'ok' : result.code;
};
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const encode = (value: unknown) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');
const resigned = (header: object, claims: object) => {
  const text = `${encode(header)}.${encode(claims)}`;
  return `${text}.${signText(text, key.privateKey)}`;
};

describe('gateway proofs', () => {
  it('say who sends which request', async () => {
    const proof = proofOf({ path: `${path}?after=1`, method: 'get' });
    expect(readGatewayProofIssuer(proof)).toBe('gw-1');
    expect(await check(proof)).toBe('ok');
    expect(await check(proof, { path: `${path}?after=2` })).toBe('ok');
    expect(
      await check(
        proofOf({ privateKey: createPrivateKey(key.privateKey) as never }),
      ),
    ).toBe('ok');
  });

  it('hold once', async () => {
    const seen = remember();
    const proof = proofOf();
    expect(await check(proof, { seen })).toBe('ok');
    expect(await check(proof, { seen })).toBe('replayed');
    expect(await check(proofOf(), { seen })).toBe('ok');
  });

  it.each([
    ['another method', { method: 'POST' }, 'wrong-request'],
    [
      'another path',
      { path: '/api/model-governance/allowlist/stream' },
      'wrong-request',
    ],
    ['the last second', { now: later(89) }, 'ok'],
    ['too late', { now: later(90) }, 'expired'],
    ['a clock a little behind', { now: later(-30) }, 'ok'],
    ['a clock far behind', { now: later(-31) }, 'expired'],
  ])('for %s', async (_name, fields, code) => {
    expect(await check(proofOf(), fields)).toBe(code);
  });

  it('hold only for the gateway that signed them', async () => {
    expect(await check(proofOf(), {}, generateSigningKey().publicKey)).toBe(
      'bad-signature',
    );
  });

  const header = { alg: 'EdDSA', typ: 'modelhub-gateway-proof+jwt' };
  const claims = () =>
    JSON.parse(Buffer.from(proofOf().split('.')[1], 'base64url').toString());
  it.each([
    [
      'another audience',
      () => resigned(header, { ...claims(), aud: 'catalog' }),
      'wrong-audience',
    ],
    [
      'a long life',
      () => resigned(header, { ...claims(), exp: claims().iat + 61 }),
      'expired',
    ],
    [
      'alg none',
      () => `${encode({ alg: 'none' })}.${encode(claims())}.`,
      'malformed',
    ],
    [
      'another alg',
      () => resigned({ ...header, alg: 'HS256' }, claims()),
      'malformed',
    ],
    [
      'no jti',
      () => resigned(header, { ...claims(), jti: undefined }),
      'malformed',
    ],
    [
      'no signature',
      () => proofOf().split('.').slice(0, 2).join('.'),
      'malformed',
    ],
    [
      'an empty signature',
      () => `${proofOf().split('.').slice(0, 2).join('.')}.`,
      'bad-signature',
    ],
    ['nothing', () => '', 'malformed'],
    [
      'claims of another proof',
      () => {
        const [a, , c] = proofOf().split('.');
        return `${a}.${encode({ ...claims(), iss: 'gw-2' })}.${c}`;
      },
      'bad-signature',
    ],
  ])('with %s are refused', async (_name, make, code) => {
    expect(await check(make())).toBe(code);
  });
});
