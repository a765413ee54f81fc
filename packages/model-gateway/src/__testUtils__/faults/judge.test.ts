import { Evidence, judge } from './judge';

const T = 1_000_000;
const REVOCATION_MS = 2_000;
const MAX_AGE_MS = 10_000;
const gateway = 'gateway-1';

const evidenceOf = (fields: Partial<Evidence>): Evidence => ({
  calls: [],
  served: [],
  permits: [],
  streams: [{ at: 0, gateway, event: 'open' }],
  planeKills: [],
  gatewayKills: { [gateway]: [] },
  ingested: [],
  bounds: { revocationMs: REVOCATION_MS, maxAgeMs: MAX_AGE_MS },
  ...fields,
});
const served = (at: number, model = 'one') => [
  { at, model, mark: 'm', gateway },
];
const permits = [
  { what: 'acme/one', from: T, to: T + 1_000 },
  { what: 'acme/always', from: 0, to: Infinity },
  { what: 'k', from: 0, to: Infinity },
];
const revoked = T + 1_000;
const call = {
  mark: 'm',
  gateway,
  model: 'acme/one',
  credential: 'k',
  sentAt: T,
  endedAt: T + 50,
  status: 200,
  requestId: 'r-1',
  whole: true,
  stuck: false,
};

describe('judge', () => {
  it.each<[string, Partial<Evidence>, number]>([
    ['while it was approved', { served: served(T + 500) }, 0],
    ['before it was approved', { served: served(T - 1) }, 1],
    ['that was never approved', { served: served(T, 'never') }, 1],
    ['that is always approved', { served: served(T, 'always') }, 0],
    [
      'shortly after it was revoked',
      { served: served(revoked + REVOCATION_MS) },
      0,
    ],
    [
      'too long after it was revoked',
      { served: served(revoked + REVOCATION_MS + 1) },
      1,
    ],
    [
      'after it was revoked while the control plane was away',
      {
        served: served(revoked + MAX_AGE_MS),
        planeKills: [revoked + 1],
      },
      0,
    ],
    [
      'at a gateway that had just come back',
      {
        served: served(revoked + 3_000),
        streams: [{ at: revoked + 2_500, gateway, event: 'open' }],
      },
      0,
    ],
    [
      'at a gateway that did not follow, beyond the age of its snapshot',
      { served: served(revoked + MAX_AGE_MS + 1), streams: [] },
      1,
    ],
  ])('with a call of a model %s', (_, fields, count) => {
    const { unapproved } = judge(
      evidenceOf({ permits, calls: [call], ...fields }),
    );
    expect(unapproved).toHaveLength(count);
  });

  it('finds a model that was reached with a dead secret', () => {
    const judged = (to: number) =>
      judge(
        evidenceOf({
          permits: [permits[1], { what: 'k', from: 0, to }],
          calls: [call],
          served: served(T, 'always'),
        }),
      ).unapproved;
    expect(judged(T - REVOCATION_MS)).toEqual([]);
    expect(judged(T - REVOCATION_MS - 1)).toMatchObject([{ what: 'k' }]);
  });

  const record = { id: 'r-1', status: 200, attempts: 1, trace: 'm' };

  it('finds records that are missing, and that came twice', () => {
    const { lost } = judge(evidenceOf({ calls: [call] }));
    expect(lost).toEqual([call]);
    const { lost: none, doubled } = judge(
      evidenceOf({ calls: [call], ingested: [record, record] }),
    );
    expect(none).toEqual([]);
    expect(doubled).toEqual(['r-1', 'm']);
  });

  it('finds calls at an upstream that no record tells of, and records of none', () => {
    const seen = served(T, 'always');
    expect(judge(evidenceOf({ served: seen })).lost).toEqual(seen);
    expect(
      judge(evidenceOf({ served: seen, ingested: [record] })),
    ).toMatchObject({ lost: [], invented: [] });
    expect(judge(evidenceOf({ ingested: [record] })).invented).toEqual([
      record,
    ]);
    expect(
      judge(evidenceOf({ ingested: [{ ...record, status: 502 }] })).invented,
    ).toEqual([]);
  });

  it('excuses a record only where its gateway was killed at that moment', () => {
    const judged = (at: number) =>
      judge(evidenceOf({ calls: [call], gatewayKills: { [gateway]: [at] } }));
    expect(judged(T + 60)).toMatchObject({ lost: [], excused: 1 });
    expect(judged(T + 1_000)).toMatchObject({ lost: [call], excused: 0 });
  });

  it('expects no record of an answer that broke off', () => {
    expect(
      judge(evidenceOf({ calls: [{ ...call, whole: false }] })).lost,
    ).toEqual([]);
  });
});
