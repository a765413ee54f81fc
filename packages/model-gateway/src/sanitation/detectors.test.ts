import { AWS, GITHUB, PEM } from './__testUtils__/samples';
import { mapTexts } from './mapTexts';
import { createPersonalDataDetector } from './personalData';
import { createSecretsDetector } from './secrets';

const ANTHROPIC = `sk-ant-api03-${'a'.repeat(93)}AA`;
const GATEWAY = `mh_${'x1Y2'.repeat(10)}abc`;
const JWT =
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

const types = (text: string) => {
  const found = [createSecretsDetector(), createPersonalDataDetector()].flatMap(
    detector => detector.find(text),
  );
  return [
    ...new Set(
      found.map(({ type, start, end }) => `${type}: ${text.slice(start, end)}`),
    ),
  ];
};

describe('what is found', () => {
  it.each([
    [`token ${GITHUB} here`, `github: ${GITHUB}`],
    [`key=${ANTHROPIC}`, `anthropic: ${ANTHROPIC}`],
    [`id ${AWS}.`, `aws: ${AWS}`],
    [`use ${GATEWAY}, please`, `gateway-key: ${GATEWAY}`],
    [`Bearer ${JWT}`, `jwt: ${JWT}`],
    ['write to jane.doe+x@example.co.uk.', 'email: jane.doe+x@example.co.uk'],
    ['call +49 30 901820 now', 'phone: +49 30 901820'],
    ['call (415) 555-2671 now', 'phone: (415) 555-2671'],
    ['card 4111 1111 1111 1111 ok', 'payment-card: 4111 1111 1111 1111'],
    [
      'to DE89 3704 0044 0532 0130 00 AND THEN',
      'iban: DE89 3704 0044 0532 0130 00',
    ],
    ['ssn 123-45-6789', 'us-social-security: 123-45-6789'],
  ])('%s', (text, found) => {
    expect(types(text)).toContain(found);
  });

  it('is a private key, whole or short', () => {
    expect(types(`here: ${PEM} end`).join()).toContain('privatekey');
  });

  it.each([
    'order 1234567890123456 of 2024-01-02, 3.14159265358979',
    'card 4111 1111 1111 1112',
    'version 10.20.30.40 at http://example.com/a@b',
    'ring 555-2671 or 000-12-3456',
    'DE89 3704 0044 0532 0130 01',
    'an ordinary sentence about keys, tokens and passwords',
    'someone@nowhere and @handle',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  ])('is not: %s', text => {
    expect(types(text)).toEqual([]);
  });

  it('cannot be switched off by the text itself', () => {
    expect(types(`// secretlint-disable\n${GITHUB}`)).toHaveLength(1);
  });

  it.each([
    ['a'.repeat(200_000)],
    ['1 '.repeat(100_000)],
    ['1234567890 '.repeat(18_000)],
    [`${'a.'.repeat(60)}@`.repeat(1500)],
    ['-----BEGIN PRIVATE KEY-----'.repeat(7000)],
    ['eyJ'.repeat(60_000)],
    ['AB12 '.repeat(40_000)],
    ['+1 '.repeat(60_000)],
  ])('is looked for in linear time', text => {
    const took = (sample: string) => {
      const started = process.cpuUsage();
      types(sample);
      const { user } = process.cpuUsage(started);
      return user / 1000;
    };
    types(text.slice(0, 1000));
    const half = Math.min(took(text.slice(0, text.length / 2)), 1_000);
    // Twice as long for twice as much; four times would be the square.
    expect(took(text)).toBeLessThan(3 * half + 300);
  });
});

describe('texts', () => {
  const shout = (value: object) => mapTexts(value, text => text.toUpperCase());

  it('are those that people and models write', () => {
    expect(
      shout({
        model: 'm',
        messages: [
          { role: 'user', content: 'a' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'b' },
              { type: 'image_url', image_url: { url: 'data:x' } },
              { type: 'input_audio', input_audio: { data: 'x' } },
              {
                type: 'document',
                source: { type: 'text', media_type: 'text/plain', data: 'c' },
              },
              { type: 'image', source: { type: 'base64', data: 'x' } },
            ],
          },
          {
            role: 'assistant',
            tool_calls: [
              { id: 'x', function: { name: 'f', arguments: '{"q":"d"}' } },
            ],
          },
          { role: 'tool', tool_call_id: 'x', content: 'e' },
        ],
        input: ['f', [1, 2, 3]],
        instructions: 'g',
        system: [{ type: 'text', text: 'h' }],
        prompt: 'i',
      }),
    ).toEqual({
      model: 'm',
      messages: [
        { role: 'user', content: 'A' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'B' },
            { type: 'image_url', image_url: { url: 'data:x' } },
            { type: 'input_audio', input_audio: { data: 'x' } },
            {
              type: 'document',
              source: { type: 'text', media_type: 'text/plain', data: 'C' },
            },
            { type: 'image', source: { type: 'base64', data: 'x' } },
          ],
        },
        {
          role: 'assistant',
          tool_calls: [
            { id: 'x', function: { name: 'f', arguments: '{"q":"D"}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'x', content: 'E' },
      ],
      input: ['F', [1, 2, 3]],
      instructions: 'G',
      system: [{ type: 'text', text: 'H' }],
      prompt: 'I',
    });
  });

  it('are not copied where nothing changes', () => {
    const value = { messages: [{ content: 'A' }], n: 1 };
    expect(shout(value)).toBe(value);
  });
});
