import { symlinkSync } from 'node:fs';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { modelEntity } from '../__testUtils__/models';
import { CardReader, withoutFrontMatter } from './CardReader';

const credentials = mockCredentials.user();

describe('withoutFrontMatter', () => {
  it.each([
    ['---\nlicense: mit\n---\n# Card\n', '# Card'],
    ['---\r\nlicense: mit\r\n---\r\n# Card', '# Card'],
    ['# Card\n\n---\n\nrule', '# Card\n\n---\n\nrule'],
    ['---\n---\n# Card', '---\n---\n# Card'],
  ])('of %j is %j', (text, expected) => {
    expect(withoutFrontMatter(text)).toBe(expected);
  });
});

describe('CardReader', () => {
  const disk = createMockDirectory();

  const read = (card: string | undefined, location?: string) => {
    const entity = modelEntity('alpha', { card });
    entity.metadata.annotations = location
      ? { 'backstage.io/managed-by-location': location }
      : {};
    return CardReader.create({
      catalog: catalogServiceMock({ entities: [entity] }),
      urlReader: mockServices.urlReader.mock({
        readUrl: async url => ({
          buffer: async () =>
            url.endsWith('large.md')
              ? Buffer.alloc(2 * 1024 * 1024)
              : Buffer.from(`---\na: b\n---\nread from ${url}`),
        }),
      }),
      config: new ConfigReader({
        catalog: {
          locations: [
            { type: 'file', target: disk.resolve('catalog/all.yaml') },
            { type: 'url', target: 'https://github.com/a/b' },
          ],
        },
      }),
    }).read({ namespace: 'acme', name: 'alpha' }, { credentials });
  };
  const here = () => `file:${disk.resolve('catalog/alpha/catalog-info.yaml')}`;
  const elsewhere = () => `file:${disk.resolve('secret/catalog-info.yaml')}`;

  beforeEach(() => {
    disk.setContent({
      catalog: {
        alpha: { 'README.md': '---\nlicense: mit\n---\n# Alpha' },
        'large.md': 'x'.repeat(2 * 1024 * 1024),
      },
      secret: { 'README.md': 'secret' },
    });
    symlinkSync(
      disk.resolve('secret/README.md'),
      disk.resolve('catalog/alpha/link.md'),
    );
  });

  it('reads a file beside the one that declares the model', async () => {
    await expect(read('./README.md', here())).resolves.toEqual({
      markdown: '# Alpha',
      path: './README.md',
    });
  });

  it('reads a URL beside the one that declares the model', async () => {
    await expect(
      read(
        'docs/card.md',
        'url:https://github.com/a/b/blob/main/catalog-info.yaml',
      ),
    ).resolves.toEqual({
      markdown: 'read from https://github.com/a/b/tree/main/docs/card.md',
      path: 'docs/card.md',
    });
  });

  it.each<[string | undefined, () => string | undefined, RegExp]>([
    [undefined, here, /has no card/],
    ['missing.md', here, /no card missing\.md/],
    ['../../secret/README.md', here, /no card/],
    ['link.md', here, /no card/],
    ['README.md', elsewhere, /no card/],
    ['../large.md', here, /larger than 1 MiB/],
    [
      'large.md',
      () => 'url:https://github.com/a/b/x.yaml',
      /larger than 1 MiB/,
    ],
    ['/etc/passwd.md', here, /relative path to a \.md file/],
    ['https://example.com/card.md', here, /relative path/],
    ['file:///etc/card.md', here, /relative path/],
    ['card.yaml', here, /relative path/],
    ['README.md', () => undefined, /neither a file nor a URL/],
  ])('refuses %s', async (card, location, message) => {
    await expect(read(card, location())).rejects.toThrow(message);
  });
});
