import { SecretRules } from '.';

const find = (text: string) =>
  SecretRules.create()
    .find(text)
    .map(({ type, start, end }) => [type, text.slice(start, end)]);

const gatewayKey = `mh_${'a'.repeat(43)}`;
const token = [
  Buffer.from('{"alg":"RS256"}').toString('base64url'),
  Buffer.from('{"sub":"dana"}').toString('base64url'),
  'c2lnbmF0dXJlLW9mLXRva2Vu',
].join('.');
const github = ['gh', 'p_', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('');

describe('secrets in a text', () => {
  it.each([
    ['gateway-key', gatewayKey],
    ['jwt', token],
    ['github', github],
  ])('finds a %s where it is, and nothing else', (type, secret) => {
    expect(find(`before "${secret}" after`)).toEqual([[type, secret]]);
  });

  it('takes no part of a longer word for a secret', () => {
    expect(find(`x${gatewayKey} ${gatewayKey}x`)).toEqual([]);
  });

  it('lets no comment switch it off', () => {
    expect(find(`# secretlint-disable\n${github}\n`)).toEqual([
      ['github', github],
    ]);
  });

  it('does not take an account for a secret', () => {
    expect(find('AWS_ACCOUNT_ID: 123456789012')).toEqual([]);
  });

  it('starts anew with each text', () => {
    const rules = SecretRules.create();
    expect(rules.find(gatewayKey)).toHaveLength(1);
    expect(rules.find('nothing')).toEqual([]);
  });
});
