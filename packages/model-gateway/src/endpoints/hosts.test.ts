import { guardedLookup, type Lookup } from './guardedLookup';
import { hostPatternOf, isAllowedHost } from './hosts';

const patterns = [
  '127.0.0.1',
  '[::1]:8080',
  '*.models.svc.cluster.local',
  '*.models-*.svc.cluster.local',
  'gpu.example:8443',
  '*.google.internal',
].map(hostPatternOf);

const isAllowed = (url: string) => isAllowedHost(new URL(url), patterns);

describe('hosts of endpoints', () => {
  it.each([
    'http://127.0.0.1:41000/v1',
    'http://127.0.0.1/v1',
    'http://[::1]:8080/v1',
    'http://[0:0:0:0:0:0:0:1]:8080/v1',
    'http://ep-1.models.svc.cluster.local/v1',
    'http://ep-1.Team.Models.svc.cluster.local:8080/v1',
    'http://ep-1.models-search.svc.cluster.local/v1',
    'https://gpu.example:8443/v1',
    // Other spellings of an address that is allowed: the connection goes there.
    'http://2130706433/v1',
    'http://0x7f.1/v1',
    'http://127.0.0.1./v1',
  ])('allow %s', url => {
    expect(isAllowed(url)).toBe(true);
  });

  it.each([
    ['a user name in front', 'http://127.0.0.1@evil.example/v1'],
    [
      'the allowed name as user name',
      'http://gpu.example:8443@evil.example/v1',
    ],
    ['another address', 'http://127.0.0.2/v1'],
    ['another port', 'http://[::1]:8081/v1'],
    ['the port of the scheme', 'https://gpu.example/v1'],
    ['the domain itself', 'http://models.svc.cluster.local/v1'],
    ['a name that ends alike', 'http://evilmodels.svc.cluster.local/v1'],
    [
      'the domain as a prefix',
      'http://a.models.svc.cluster.local.evil.example/v1',
    ],
    ['another namespace', 'http://ep-1.kube-system.svc.cluster.local/v1'],
    [
      'a namespace with a label more',
      'http://ep-1.models-a.b.svc.cluster.local/v1',
    ],
    ['a trailing dot', 'http://ep-1.models.svc.cluster.local./v1'],
    ['an empty label', 'http://.models.svc.cluster.local/v1'],
    ['no machine', 'http://0.0.0.0/v1'],
    ['IPv4 in IPv6', 'http://[::ffff:127.0.0.1]/v1'],
    ['metadata of a cloud', 'http://169.254.169.254/latest'],
    ['metadata as a number', 'http://2852039166/latest'],
    ['metadata in IPv6', 'http://[::ffff:169.254.169.254]/latest'],
    ['metadata of AWS in IPv6', 'http://[fd00:ec2::254]/latest'],
    [
      'metadata by a name in an allowed domain',
      'http://metadata.google.internal/v1',
    ],
  ])('refuse %s', (_what, url) => {
    expect(isAllowed(url)).toBe(false);
  });

  it.each([
    '',
    '*',
    '*.*',
    '*.com',
    'a.*.example',
    '*.example.*',
    '*.127.0.0.1',
    'http://127.0.0.1',
    'me@127.0.0.1',
    '127.0.0.1/v1',
    'gpu.example.',
    'gpu.example:99999',
  ])('are not configured as %j', text => {
    expect(() => hostPatternOf(text)).toThrow(/is not a host/);
  });

  it.each([
    '169.254.169.254',
    '[::ffff:a9fe:a9fe]',
    '100.100.100.200',
    'metadata.google.internal',
  ])('are never %s, whoever configures it', text => {
    expect(() => hostPatternOf(text)).toThrow(/never called/);
  });
});

describe('the look-up of names', () => {
  const ask = (name: string, ...addresses: string[]) =>
    new Promise<string>(resolve => {
      const find: Lookup = (_name, _options, callback) =>
        callback(
          null,
          addresses.map(address => ({
            address,
            family: address.includes(':') ? 6 : 4,
          })),
        );
      guardedLookup(find)(name, {}, (error, address) =>
        resolve(
          error ? (error as NodeJS.ErrnoException).code ?? '' : String(address),
        ),
      );
    });

  it('takes what a cluster answers', async () => {
    expect(await ask('ep-1.models', '10.0.0.7')).toBe('10.0.0.7');
    expect(await ask('localhost', '127.0.0.1')).toBe('127.0.0.1');
  });

  it.each([
    ['a metadata service', ['169.254.169.254']],
    ['a metadata service among others', ['10.0.0.7', '169.254.170.2']],
    ['one in IPv6', ['fe80::1']],
    ['one as IPv4 in IPv6', ['::ffff:169.254.169.254']],
    ['one behind a translator', ['64:ff9b::a9fe:a9fe']],
    ['this machine', ['127.0.0.1']],
    ['this machine in IPv6', ['::1']],
    ['this machine as IPv4 in IPv6', ['::ffff:127.0.0.1']],
    ['nothing', []],
  ])('refuses a name that leads to %s', async (_what, addresses) => {
    expect(await ask('ep-1.models', ...addresses)).toBe('ENDPOINT_ADDRESS');
  });
});
