import { ConfigReader } from '@backstage/config';
import { configuredSources } from './configuredSources';
import { checkedSources } from './SourceService';

const read = (sources: object) =>
  checkedSources(
    configuredSources(new ConfigReader({ modelUsage: { sources } })),
  ).map(({ id }) => id);

const litellm = { baseUrl: 'http://litellm', apiKey: 'sk' };
const prometheus = { baseUrl: 'http://prometheus' };

describe('sources of the config', () => {
  it('are none at first', () => {
    expect(configuredSources(new ConfigReader({}))).toEqual([]);
  });

  it('have a name each', () => {
    expect(
      read({
        litellm: [litellm, { ...litellm, id: 'litellm-eu' }],
        prometheus: [{ ...prometheus, conventions: ['vllm'] }],
      }),
    ).toEqual(['litellm', 'litellm-eu', 'prometheus']);
  });

  it.each([
    [{ litellm: [litellm, litellm] }, /may not be called 'litellm'/],
    [
      { litellm: [{ ...litellm, id: 'gateway' }] },
      /may not be called 'gateway'/,
    ],
    [{ litellm: [{ ...litellm, sinceDays: 0 }] }, /sinceDays of a source/],
    [{ litellm: [{ baseUrl: 'http://litellm' }] }, /apiKey/],
    [
      { prometheus: [{ ...prometheus, conventions: ['tgi'] }] },
      /'tgi', which is none of vllm, opentelemetry/,
    ],
  ])('are refused where they mean nothing: %j', (sources, message) => {
    expect(() => read(sources)).toThrow(message);
  });
});
