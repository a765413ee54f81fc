import { objective } from './__testUtils__/fixtures';
import { formOf, inputOf, problemsOf } from './objectiveForm';
import { previewText } from './Preview';
import { burnText, leftText, nameOf, shareText, termsText } from './words';

const form = (given: Partial<ReturnType<typeof formOf>> = {}) =>
  formOf(undefined, { model: 'meta/llama', ...given });

describe('the fields', () => {
  it('are those of the objective that is changed', () => {
    const it = objective({
      kind: 'latency',
      target: 0.9995,
      limitMs: 2_000,
      windowDays: 7,
      notify: ['group:default/on-call'],
    });
    expect(inputOf(formOf(it))).toEqual({
      kind: 'latency',
      model: 'meta/llama',
      target: 0.9995,
      limitMs: 2_000,
      windowDays: 7,
      notify: ['group:default/on-call'],
    });
  });

  it('make what is sent, without what does not belong to the kind', () => {
    expect(
      inputOf(form({ target: '99,95', limitMs: '5', modelVersion: ' 1.0 ' })),
    ).toEqual({
      kind: 'availability',
      model: 'meta/llama',
      modelVersion: '1.0',
      target: 0.9995,
      windowDays: 28,
      notify: [],
    });
    expect(
      inputOf(form({ kind: 'ingest-lag', limitMs: '60000', target: '99' })),
    ).toEqual({
      kind: 'ingest-lag',
      target: 0.99,
      limitMs: 60_000,
      windowDays: 28,
      notify: [],
    });
  });

  it.each([
    ['target', { target: '89' }],
    ['target', { target: '100' }],
    ['target', { target: 'all' }],
    ['limitMs', { kind: 'latency' as const, limitMs: '0.5' }],
    ['limitMs', { kind: 'latency' as const, limitMs: '3600001' }],
    ['notify', { notify: 'somebody' }],
  ])('say what is wrong with %s in %j', (field, given) => {
    expect(Object.keys(problemsOf(form(given)))).toEqual([field]);
    expect(inputOf(form(given))).toBeUndefined();
  });

  it.each([{ model: ' ' }, { target: '' }, { kind: 'latency' as const }])(
    'wait for what is missing in %j',
    given => {
      expect(problemsOf(form(given))).toEqual({});
      expect(inputOf(form(given))).toBeUndefined();
    },
  );
});

describe('words', () => {
  it('tell objectives apart', () => {
    expect([0.9, 0.995, 0.9995, 0.9999, 1, 0.123].map(shareText)).toEqual([
      '90 %',
      '99.5 %',
      '99.95 %',
      '99.99 %',
      '100 %',
      '12.3 %',
    ]);
    expect(termsText({ target: 0.95, limitMs: 2_000, windowDays: 7 })).toBe(
      '95 % within 2 s, over 7 days',
    );
    expect(nameOf(objective({ modelVersion: '1.0' }))).toBe(
      'Availability of Llama 1.0',
    );
    expect(nameOf({ kind: 'approval-service', model: undefined })).toBe(
      'Approval service',
    );
  });

  it('say what is left and how fast it goes', () => {
    expect([1, 0.255, 0, -1.5, undefined].map(leftText)).toEqual([
      '100 % left',
      '25 % left',
      '0 % left',
      'Overspent: 2.5 times what may fail',
      'Nothing to count yet',
    ]);
    expect([0, 0.01, 1.01, 1.44, 1_200].map(burnText)).toEqual([
      'Not burning',
      'Hardly burning',
      'As fast as it may',
      '1.4 times as fast as it may',
      '1,200 times as fast as it may',
    ]);
  });

  it('say how terms would have been kept', () => {
    const found = {
      from: '',
      to: '',
      events: 1_000,
      good: 993,
      kept: 0.993,
      budgetLeft: 0.3,
      days: [
        { day: '2026-11-20', events: 500, good: 500, burn: 0 },
        { day: '2026-11-21', events: 500, good: 493, burn: 1.4 },
      ],
    };
    const terms = { target: 0.99, windowDays: 28 as const };
    expect(previewText(found, terms)).toBe(
      'Over the last 28 days 99.3 % were good (7 of 1,000 failed): it would have been kept, of the error budget 30 % left. The worst day was 2026-11-21: 7 of 500 failed.',
    );
    expect(
      previewText({ ...found, budgetLeft: -6 }, { ...terms, target: 0.999 }),
    ).toMatch(/it would have been missed, overspent: 7 times what may fail/);
    expect(
      previewText(
        { ...found, events: 0, good: 0, kept: undefined, days: [] },
        terms,
      ),
    ).toMatch(/^Nothing was counted/);
  });
});
