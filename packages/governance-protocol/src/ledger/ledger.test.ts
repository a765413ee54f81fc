import fc from 'fast-check';
import { generateSigningKey, trustKeys } from '../crypto';
import { signCheckpoint, verifyCheckpoint } from './checkpoint';
import { GENESIS_HASH, chainEvent, hashEvent } from './event';
import type { LedgerEvent } from './types';
import { verifyChain } from './verifyChain';

const key = generateSigningKey();
const stranger = generateSigningKey();
const trustedKeys = trustKeys([key.publicKey]);
const AT = '2026-06-01T12:00:00.000Z';

function chainOf(payloads: Array<Record<string, unknown>>): LedgerEvent[] {
  const events: LedgerEvent[] = [];
  for (const payload of payloads) {
    events.push(
      chainEvent(events.at(-1), {
        at: AT,
        actor: 'system',
        subject: 'approval:1',
        type: 'approval.created',
        payload,
      }),
    );
  }
  return events;
}
const five = () => chainOf([1, 2, 3, 4, 5].map(n => ({ n })));
const checkpointOf = (event: LedgerEvent, privateKey = key.privateKey) =>
  signCheckpoint({ seq: event.seq, hash: event.hash, at: AT }, privateKey);
const text = (lines: unknown[]) => lines.map(line => JSON.stringify(line));

describe('chainEvent', () => {
  it('numbers and links events', () => {
    const [first, second] = five();
    expect(first).toMatchObject({ seq: 1, prevHash: GENESIS_HASH });
    expect(second).toMatchObject({ seq: 2, prevHash: first.hash });
    expect(second.hash).toBe(hashEvent(second));
  });

  it('hashes a fixed event to a fixed value', () => {
    expect(five()[0].hash).toBe(
      'c92deabd79bcee2fe044596ace86fb12e4f0ad47f4ac7b6e1c5dbf8b19ce5f5b',
    );
  });
});

describe('verifyChain', () => {
  it('takes a whole chain, as objects and as lines', async () => {
    const events = five();
    const expected = {
      ok: true,
      events: 5,
      head: { seq: 5, hash: events[4].hash },
    };
    expect(await verifyChain(events)).toMatchObject(expected);
    expect(await verifyChain([...text(events), ''])).toMatchObject(expected);
    expect(await verifyChain([])).toMatchObject({
      ok: true,
      events: 0,
      head: undefined,
    });
  });

  it('takes a whole chain of anything', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 20 }),
        async payloads => {
          expect(await verifyChain(text(chainOf(payloads)))).toMatchObject({
            ok: true,
            events: payloads.length,
          });
        },
      ),
    );
  });

  it('names the line of any changed field', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(4),
        fc.constantFrom('at', 'actor', 'subject', 'type', 'prevHash', 'hash'),
        async (place, field) => {
          const events = five();
          events[place] = {
            ...events[place],
            [field]: `${events[place][field]}x`,
          };
          expect(await verifyChain(events)).toMatchObject({
            ok: false,
            events: place,
            firstBad: { line: place + 1, seq: place + 1, reason: 'hash' },
          });
        },
      ),
    );
  });

  const rehashed = (event: LedgerEvent) => ({
    ...event,
    hash: hashEvent(event),
  });
  it.each<[string, (events: LedgerEvent[]) => unknown[], object]>([
    [
      'a missing first event',
      e => e.slice(1),
      { line: 1, seq: 2, reason: 'gap' },
    ],
    [
      'a missing event',
      e => [e[0], e[1], e[3], e[4]],
      { line: 3, seq: 4, reason: 'gap' },
    ],
    [
      'two swapped events',
      e => [e[0], e[2], e[1], e[3]],
      { line: 2, seq: 3, reason: 'reordered' },
    ],
    [
      'an event twice',
      e => [e[0], e[1], e[1]],
      { line: 3, seq: 2, reason: 'reordered' },
    ],
    [
      'a changed event with a new hash',
      e => [e[0], rehashed({ ...e[1], type: 'x' }), e[2]],
      { line: 3, seq: 3, reason: 'prev-hash' },
    ],
    [
      'another beginning',
      e => [rehashed({ ...e[0], prevHash: 'f'.repeat(64) })],
      { line: 1, seq: 1, reason: 'prev-hash' },
    ],
    [
      'an extra field',
      e => [e[0], { ...e[1], note: 'x' }],
      { line: 2, reason: 'malformed' },
    ],
    [
      'a missing field',
      e => [{ ...e[0], actor: undefined }],
      { line: 1, reason: 'malformed' },
    ],
  ])('names %s', async (_name, change, firstBad) => {
    expect(await verifyChain(text(change(five())))).toMatchObject({
      ok: false,
      firstBad,
    });
  });

  it.each(['not json', '[]', 'null', '{}', '{"seq":1,"seq":2}'])(
    'names the line %s',
    async line => {
      expect(await verifyChain([...text(five()), line])).toMatchObject({
        ok: false,
        events: 5,
        firstBad: { line: 6, reason: 'malformed' },
      });
    },
  );

  it('refuses a line that says one thing twice', async () => {
    const [first] = text(five());
    const twice = first.replace('{', '{"actor":"person:innocent",');
    expect(await verifyChain([twice])).toMatchObject({
      firstBad: { line: 1, reason: 'malformed' },
    });
  });

  it('agrees with checkpoints beside and among the lines', async () => {
    const events = five();
    const among = [
      ...events.slice(0, 3),
      checkpointOf(events[1]),
      ...events.slice(3),
      checkpointOf(events[4]),
    ];
    expect(
      await verifyChain(text(among), {
        trustedKeys,
        checkpoints: [checkpointOf(events[2])],
      }),
    ).toMatchObject({
      ok: true,
      events: 5,
      checkpoints: 3,
      signaturesChecked: true,
    });
  });

  it('notices a chain that was rewritten from the beginning', async () => {
    const checkpoint = checkpointOf(five()[2]);
    const rewritten = chainOf([1, 2, 30, 4, 5].map(n => ({ n })));
    expect((await verifyChain(rewritten)).ok).toBe(true);
    const result = {
      ok: false,
      firstBad: { seq: 3, reason: 'checkpoint-mismatch' },
    };
    expect(
      await verifyChain(rewritten, { trustedKeys, checkpoints: [checkpoint] }),
    ).toMatchObject({
      ...result,
      firstBad: { line: 3 },
    });
    expect(
      await verifyChain([...rewritten, checkpoint], { trustedKeys }),
    ).toMatchObject(result);
  });

  it('notices a chain that lost its end', async () => {
    const events = five();
    expect(
      await verifyChain(events.slice(0, 4), {
        checkpoints: [checkpointOf(events[4])],
      }),
    ).toMatchObject({
      ok: false,
      events: 4,
      firstBad: { seq: 5, reason: 'truncated' },
    });
  });

  it('refuses checkpoints of strangers, where keys are given', async () => {
    const events = five();
    const forged = checkpointOf(events[4], stranger.privateKey);
    expect(
      await verifyChain([...events, forged], { trustedKeys }),
    ).toMatchObject({
      firstBad: { line: 6, seq: 5, reason: 'bad-signature' },
    });
    expect(await verifyChain([...events, forged])).toMatchObject({
      ok: true,
      signaturesChecked: false,
    });
  });

  it('remembers more hashes than one chunk holds', async () => {
    const events = chainOf(Array.from({ length: 5000 }, (_, n) => ({ n })));
    const lines = [
      ...events,
      checkpointOf(events[0]),
      checkpointOf(events[4095]),
      checkpointOf(events[4096]),
    ];
    expect(await verifyChain(lines, { trustedKeys })).toMatchObject({
      ok: true,
      checkpoints: 3,
    });
  });
});

describe('checkpoints', () => {
  it('hold only as they were signed', () => {
    const checkpoint = checkpointOf(five()[0]);
    expect(verifyCheckpoint(checkpoint, trustedKeys)).toEqual({
      ok: true,
      checkpoint,
    });
    for (const [change, code] of [
      [{ seq: 2 }, 'bad-signature'],
      [{ hash: 'f'.repeat(64) }, 'bad-signature'],
      [{ at: '2026-06-02' }, 'bad-signature'],
      [{ keyId: stranger.keyId }, 'unknown-key'],
      [{ signature: '' }, 'bad-signature'],
      [{ seq: 0 }, 'malformed'],
      [{ more: 1 }, 'malformed'],
    ] as const) {
      expect(
        verifyCheckpoint({ ...checkpoint, ...change }, trustedKeys),
      ).toMatchObject({ ok: false, code });
    }
  });

  it('are not signed over nonsense', () => {
    expect(() =>
      signCheckpoint({ seq: 0, hash: 'x', at: AT }, key.privateKey),
    ).toThrow(TypeError);
  });
});
