import { aContent, aHeader, aKey } from '../__testUtils__/content';
import { boundEndpoint, endpointBaseUrlProblem, endpointToken } from '.';
import { applyDelta, diffContent } from './delta';
import { payloadProblem } from './structure';

const SECRET = 'a secret of thirty-two characters';

const bound = {
  id: 'ep-1',
  gatewayId: 'acme/tiny',
  version: '1.0',
  baseUrl: 'http://127.0.0.1:4100/v1',
  model: 'tiny-q4',
};

describe('endpointToken', () => {
  it('is the same for both sides, and for anybody who follows the format', () => {
    // printf 'modelhub.dev/endpoint.v1:ep-1' | openssl dgst -sha256 -hmac "$SECRET" -binary | basenc --base64url
    expect(endpointToken(SECRET, 'ep-1')).toBe(
      'H6GVugu9KcC-MOp6SZXxmnxzDIyFv11yFDovolE5c8g',
    );
  });

  it('differs by endpoint and by secret', () => {
    const tokens = [
      endpointToken(SECRET, 'ep-1'),
      endpointToken(SECRET, 'ep-2'),
      endpointToken(`${SECRET}!`, 'ep-1'),
    ];
    expect(new Set(tokens).size).toBe(3);
  });

  it.each([
    ['no secret', '', 'ep-1'],
    ['a short secret', 'a'.repeat(31), 'ep-1'],
    ['no id', SECRET, ''],
    ['an id that is no DNS label', SECRET, 'ep_1'],
    ['an id with a line end', SECRET, 'ep-1\n'],
  ])('is not made from %s', (_what, secret, id) => {
    expect(() => endpointToken(secret, id)).toThrow(TypeError);
  });
});

describe('boundEndpoint', () => {
  it('is all of it or nothing', () => {
    expect(boundEndpoint(aKey())).toBeUndefined();
    expect(boundEndpoint(aKey({ endpoint: bound }))).toEqual(bound);
    for (const name of ['gatewayId', 'version', 'baseUrl', 'model'] as const) {
      const { [name]: _, ...part } = bound;
      expect(boundEndpoint(aKey({ endpoint: part }))).toBeUndefined();
    }
  });
});

describe('endpointBaseUrlProblem', () => {
  it.each([
    'http://127.0.0.1:4100/v1',
    'https://ep-1.models.svc.cluster.local/openai/v1',
    'http://[::1]:4100/v1',
    'https://ep-1.models.svc.cluster.local',
  ])('takes %s', url => {
    expect(endpointBaseUrlProblem(url)).toBeUndefined();
  });

  it.each([
    '',
    'ep-1.models',
    '/v1',
    '//127.0.0.1/v1',
    'ftp://127.0.0.1/v1',
    'file:///etc/passwd',
    'http:127.0.0.1/v1',
    'http:///127.0.0.1/v1',
    'http:\\\\127.0.0.1/v1',
    'http://127.0.0.1\\@evil.example/v1',
    'http://user:secret@127.0.0.1/v1',
    'http://127.0.0.1@evil.example/v1',
    'http://@127.0.0.1/v1',
    'http://127.0.0.1/v1?x=1',
    'http://127.0.0.1/v1?',
    'http://127.0.0.1/v1#x',
    ' http://127.0.0.1/v1',
    'http://127.0.0.1/v1\n',
    'http://127.0.\t0.1/v1',
    'http://127.0.0.1:99999/v1',
  ])('refuses %j', url => {
    expect(endpointBaseUrlProblem(url)).toEqual(expect.any(String));
  });
});

describe('the key of an endpoint', () => {
  const problemOf = (endpoint: object) =>
    payloadProblem({
      kind: 'full',
      header: aHeader({ keyId: '0'.repeat(16) }),
      content: aContent({ keys: [aKey({ endpoint } as never)] }),
    });

  it('travels in snapshots while it starts, and when it is bound', () => {
    expect(problemOf({ id: 'ep-1' })).toBeUndefined();
    expect(problemOf(bound)).toBeUndefined();
  });

  it.each([
    ['without an id', {}],
    ['with another kind of id', { id: 'EP 1' }],
    ['with a field that nobody knows', { id: 'ep-1', token: 'secret' }],
    ['with an empty version', { id: 'ep-1', version: '' }],
  ])('is refused %s', (_what, endpoint) => {
    expect(problemOf(endpoint)).toMatch(/^payload.content.keys\[0\].endpoint/);
  });

  it('is one change in a delta when it is bound, and again when it ends', () => {
    const starting = aContent({ keys: [aKey({ endpoint: { id: 'ep-1' } })] });
    const ready = aContent({ keys: [aKey({ endpoint: bound })] });
    const delta = diffContent(starting, ready);
    expect(delta).toEqual({
      put: { keys: [aKey({ endpoint: bound })] },
      remove: {},
    });
    expect(applyDelta(starting, delta)).toEqual(ready);
    expect(diffContent(ready, aContent({ keys: [] })).remove).toEqual({
      keys: ['key-1'],
    });
  });
});
