import { endpoint } from '../__testUtils__/fixtures';
import { ShownKeys } from './shownKeys';
import { snippets } from './snippets';
import { stepsOf } from './steps';
import { estimateText, queueText, quotaText, resourcesText } from './words';

const standings = (given: Parameters<typeof endpoint>[0]) =>
  stepsOf(endpoint(given)).map(({ standing }) => standing);

describe('steps', () => {
  const none = {
    queuedAt: undefined,
    startedAt: undefined,
    readyAt: undefined,
  };

  it.each([
    ['checking', none, ['now', 'ahead', 'ahead', 'ahead']],
    ['refused', none, ['failed', 'skipped', 'skipped', 'skipped']],
    [
      'starting',
      { readyAt: undefined, progress: 0.5 },
      ['done', 'done', 'now', 'ahead'],
    ],
    ['failed', { readyAt: undefined }, ['done', 'done', 'failed', 'skipped']],
    ['ready', {}, ['done', 'done', 'done', 'now']],
    [
      'ended',
      { startedAt: undefined, readyAt: undefined },
      ['done', 'done', 'skipped', 'skipped'],
    ],
  ] as const)('of an endpoint that is %s', (state, given, expected) => {
    expect(standings({ state, ...given })).toEqual(expected);
  });

  it('says how long each took, also the last', () => {
    expect(
      stepsOf(
        endpoint({ state: 'ended', endedAt: '2026-11-02T12:01:25Z' }),
      ).map(({ text }) => text),
    ).toEqual(['5 seconds', '1 minute', '20 seconds', '2 hours']);
  });
});

it('says what it takes and costs, and where nobody knows', () => {
  expect(
    resourcesText({ gpus: 2, gpu: 'l4-24gb', cpu: 1, memoryGiB: 16 }),
  ).toBe('2 × l4-24gb, 1 core, 16 GiB of memory');
  expect(
    estimateText({ known: false, hours: 4, basis: 'No price of the GPU.' }),
  ).toBe('Not known');
  expect(queueText(1)).toBe('Next in the queue');
  expect(quotaText({ used: 2 })).toBe('2, no limit');
});

it('keeps keys out of snippets and forgets them when told', () => {
  const keys = new ShownKeys();
  keys.remember('e1', 'secret');
  keys.remember('e1', undefined);
  expect(keys.of('e1')).toBe('secret');
  keys.forget('e1');
  expect(keys.of('e1')).toBeUndefined();
  const [curl] = snippets('http://gateway.test/v1/', 'acme/writer@1.0');
  expect(curl.text).toContain('http://gateway.test/v1/chat/completions');
  expect(curl.text).toContain('$MODELHUB_KEY');
});
