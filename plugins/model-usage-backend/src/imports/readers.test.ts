import * as fc from 'fast-check';
import { countOfText, microsOfText } from './decimals';
import { daysOf, readOpenCostCsv, readOpenCostJson } from './openCost';
import { modelOf, type OpenCostRule } from './openCostRules';
import { readUsageCsv } from './usageCsv';

const NOW = new Date('2026-11-21T12:00:00.000Z');

const read = (...lines: string[]) => readUsageCsv(lines.join('\n'), NOW);

describe('numbers', () => {
  it.each([
    ['0', 0],
    ['12.5', 12_500_000],
    ['0.1', 100_000],
    ['0.0000004', 0],
    ['0.0000005', 1],
    ['999999.999999', 999_999_999_999],
    ['9007199254.740991', 9_007_199_254_740_991],
    ['9007199254.740992', undefined],
    ['1,5', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['', undefined],
  ])('%s is as many millionths as it says', (text, micros) => {
    expect(microsOfText(text)).toBe(micros);
  });

  it('are whole where they count', () => {
    expect(['12', '1.5', '9007199254740993'].map(countOfText)).toEqual([
      12,
      undefined,
      undefined,
    ]);
  });
});

describe('a CSV file', () => {
  it('tells calls, tokens and costs', () => {
    const { good, problems, rows } = read(
      '\uFEFFAt,Model,version,caller,profile,tier,calls,server_errors,input_tokens,output_tokens,cost,currency',
      '2026-11-20,acme/chat,1.0,group:default/Care,care,internal,120,3,9000,"800",0.30,EUR',
      '2026-11-20T10:30:00+02:00,acme/chat,,,,,,,,,,',
    );
    expect([rows, problems]).toEqual([2, []]);
    expect(good.map(it => it.item)).toEqual([
      {
        id: expect.any(String),
        at: '2026-11-20T00:00:00.000Z',
        model: 'acme/chat',
        version: '1.0',
        caller: 'group:default/care',
        profile: 'care',
        tier: 'internal',
        calls: 120,
        serverErrors: 3,
        inputTokens: 9000,
        outputTokens: 800,
        costMicros: 300_000,
        currency: 'EUR',
      },
      expect.objectContaining({ at: '2026-11-20T08:30:00.000Z' }),
    ]);
  });

  it('may hold quotes, semicolons and empty lines, and no line breaks in names', () => {
    const { good, problems } = read(
      'at;model;profile',
      '',
      '2026-11-20;"acme/""chat"";x";"two',
      'lines"',
      '2026-11-20;"acme/""chat"";x";one',
    );
    expect(problems).toEqual([
      { line: 4, message: expect.stringContaining('profile has a line break') },
    ]);
    expect(good).toMatchObject([
      { line: 5, item: { model: 'acme/"chat";x', profile: 'one' } },
    ]);
  });

  it('says line by line what is wrong, and keeps the rest', () => {
    const { good, problems } = read(
      'at,model,calls,cost,currency,tier,caller,refused',
      '2026-11-20,acme/chat,1,,,,,',
      '20.11.2026,acme/chat,1,,,,,',
      '2026-11-20T10:00:00,acme/chat,1,,,,,',
      '2026-11-20,,1,,,,,',
      '2026-11-20,acme/chat,1.5,,,,,',
      '2026-11-20,acme/chat,1,"1,50",EUR,,,',
      '2026-11-20,acme/chat,1,1.50,,,,',
      '2026-11-20,acme/chat,1,1.50,euro,,,',
      '2026-11-20,acme/chat,1,,,gold,,',
      '2026-11-20,acme/chat,1,,,,care,',
      '2026-11-20,acme/chat,1,,,,,2',
      '2026-11-20,acme/chat',
      '2026-11-24,acme/chat,1,,,,,',
    );
    expect(good.map(it => it.line)).toEqual([2]);
    expect(problems.map(it => [it.line, it.message])).toEqual([
      [3, expect.stringContaining('no day like 2026-11-21')],
      [4, expect.stringContaining('no day like 2026-11-21')],
      [5, 'column model is empty'],
      [6, expect.stringContaining('no whole number')],
      [7, expect.stringContaining('no number like 12.50')],
      [8, 'cost and currency come together'],
      [9, "'euro' is no ISO 4217 code"],
      [10, expect.stringContaining('none of sandbox')],
      [11, expect.stringContaining('no entity ref')],
      [12, expect.stringContaining('more than calls')],
      [13, expect.stringContaining('has 2 cells')],
      [14, '2026-11-24 is yet to come'],
    ]);
  });

  it.each([
    ['', 'The file is empty'],
    ['at,calls\n', 'no column model'],
    ['at,model,price\n', "Column 'price' is not known"],
    ['at,model,at\n', "Column 'at' comes twice"],
    ['at,model\n"2026', 'is not CSV'],
  ])('that is none is refused as a whole: %j', (content, message) => {
    expect(() => readUsageCsv(content, NOW)).toThrow(message);
  });

  it('names rows by what they tell, and equal ones by their order', () => {
    const ids = (...lines: string[]) =>
      read('at,model,calls', ...lines).good.map(it => it.item.id);
    const one = '2026-11-20,acme/chat,5';
    const [first, second] = ids(one, one);
    expect(first).not.toBe(second);
    expect(ids('2026-11-19,acme/chat,5', one, one).slice(1)).toEqual([
      first,
      second,
    ]);
    expect(ids('2026-11-20T00:00:00Z,acme/chat,5')).toEqual([first]);
  });
});

const rules: OpenCostRule[] = [
  { namespace: 'llm', controller: 'chat', model: 'acme/chat', version: '2.0' },
  { label: 'serving.kserve.io/inferenceservice=code', model: 'acme/code' },
];

const options = { rules, currency: 'EUR' };

const allocation = (given: object = {}, properties: object = {}) => ({
  name: 'prod/llm/chat',
  properties: {
    cluster: 'prod',
    namespace: 'llm',
    controller: 'chat',
    controllerKind: 'deployment',
    ...properties,
  },
  window: { start: '2026-11-20T00:00:00Z', end: '2026-11-21T00:00:00Z' },
  start: '2026-11-20T00:00:00Z',
  end: '2026-11-21T00:00:00Z',
  gpuCost: 40,
  totalCost: 48.1234567,
  ...given,
});

const answer = (...items: object[]) =>
  JSON.stringify({
    code: 200,
    data: [
      Object.fromEntries(items.map((it, n) => [`workload-${n}`, it])),
      null,
    ],
  });

describe('what OpenCost answers', () => {
  it('becomes costs of models, without calls', () => {
    const { good, unmapped, problems } = readOpenCostJson(
      answer(
        allocation(),
        allocation(
          {},
          {
            controller: 'x',
            labels: { serving_kserve_io_inferenceservice: 'code' },
          },
        ),
        allocation(
          {},
          {
            controller: 'y',
            annotations: { modelhub_dev_gateway_id: 'acme/tiny' },
          },
        ),
        allocation({}, { controller: 'shop' }),
        allocation({ totalCost: 2 }, { controller: 'shop', pod: 'shop-1' }),
        allocation({ totalCost: 0 }, { controller: 'idle' }),
      ),
      options,
    );
    expect(problems).toEqual([]);
    expect(good.map(it => it.item)).toEqual([
      {
        id: expect.any(String),
        at: '2026-11-20T00:00:00.000Z',
        model: 'acme/chat',
        version: '2.0',
        caller: undefined,
        calls: 0,
        costMicros: 48_123_457,
        currency: 'EUR',
      },
      expect.objectContaining({ model: 'acme/code' }),
      expect.objectContaining({ model: 'acme/tiny' }),
    ]);
    expect(unmapped).toEqual([
      { namespace: 'llm', controller: 'shop', rows: 2, micros: 50_123_457 },
    ]);
  });

  it('is divided by days of UTC where a window is longer', () => {
    const { good } = readOpenCostJson(
      answer(
        allocation({
          start: '2026-11-18T12:00:00Z',
          end: '2026-11-20T06:00:00Z',
          totalCost: 7,
        }),
      ),
      options,
    );
    expect(good.map(({ item }) => [item.at, item.costMicros])).toEqual([
      ['2026-11-18T12:00:00.000Z', 2_000_000],
      ['2026-11-19T00:00:00.000Z', 4_000_000],
      ['2026-11-20T00:00:00.000Z', 1_000_000],
    ]);
  });

  it('adds up to the micro, however it is divided', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e12 }),
        fc.integer({ min: 1, max: 40 * 24 * 3_600_000 }),
        fc.integer({ min: 0, max: 1e12 }),
        (from, length, micros) => {
          const days = daysOf(from, from + length, micros);
          expect(days.reduce((sum, it) => sum + it.micros, 0)).toBe(micros);
          expect(days.every(it => it.micros >= 0)).toBe(true);
        },
      ),
    );
  });

  it('says which allocation makes no sense', () => {
    const { problems } = readOpenCostJson(
      answer(
        allocation(),
        allocation({ totalCost: '4' }),
        allocation({ end: '2026-11-19T00:00:00Z' }),
        allocation({ start: 'yesterday' }),
      ),
      options,
    );
    expect(problems).toEqual([
      { line: 2, message: 'totalCost is no number from 0 on' },
      { line: 3, message: 'it ends before it begins' },
      { line: 4, message: 'start is no moment in ISO 8601' },
    ]);
    expect(() => readOpenCostJson('{"code":500}', options)).toThrow(
      "no list 'data'",
    );
    expect(() => readOpenCostJson('<html>', options)).toThrow('not JSON');
  });

  it('may be the file that it exports every day', () => {
    const { good, problems, unmapped } = readOpenCostCsv(
      [
        'Date,Namespace,ControllerKind,ControllerName,Pod,Container,Labels,GPUCost,TotalCost',
        '2026-11-20,llm,deployment,chat,chat-1,server,"{""app"":""chat""}",4,5.5',
        '2026-11-20,llm,deployment,chat,chat-2,server,,4,1.5e-05',
        '2026-11-20,other,deployment,web,web-1,web,,0,3',
        '20/11/2026,llm,deployment,chat,chat-3,server,,4,5.5',
        '2026-11-20,llm,deployment,chat,chat-4,server,{,4,5.5',
      ].join('\n'),
      options,
    );
    expect(good.map(({ item }) => [item.model, item.costMicros])).toEqual([
      ['acme/chat', 5_500_000],
      ['acme/chat', 15],
    ]);
    expect(new Set(good.map(({ item }) => item.id)).size).toBe(2);
    expect(unmapped).toMatchObject([{ namespace: 'other', micros: 3_000_000 }]);
    expect(problems.map(({ line }) => line)).toEqual([5, 6]);
  });
});

it('takes the first rule that fits in all it names', () => {
  const workload = {
    namespace: 'llm',
    controller: 'chat',
    labels: {},
    annotations: {},
  };
  const all: OpenCostRule[] = [
    { namespace: 'llm', cluster: 'test', model: 'no' },
    { namespace: 'llm', label: 'team', model: 'no' },
    { namespace: 'llm', model: 'yes' },
    { controller: 'chat', model: 'late' },
  ];
  expect(modelOf(all, workload)?.model).toBe('yes');
  expect(modelOf(all, { ...workload, labels: { team: 'x' } })?.model).toBe(
    'no',
  );
  expect(modelOf([], workload)).toBeUndefined();
});
