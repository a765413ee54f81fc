import { externalLink, filters, hdf5 } from '../../__testUtils__/hdf5s';
import { WRITTEN } from '../../__testUtils__/hdf5Written';
import { payload, rulesOf, scan } from '../../__testUtils__/scans';

const model = (...layers: unknown[]) =>
  JSON.stringify({ class_name: 'Sequential', config: { name: 's', layers } });
const good = model({ class_name: 'Dense', config: { units: 1 } });
const bad = model({
  class_name: 'Lambda',
  config: { function: ['4wE=', null, null], function_type: 'lambda' },
});
const kept = (value: string | Buffer, isVariable = true) => ({
  attributes: [
    { name: 'keras_version', value: '2.15.0', isVariable },
    { name: 'model_config', value, isVariable },
  ],
});

describe.each([0, 2, 3])('a file of version %d', version => {
  it.each([true, false])('with a model is clean (variable: %s)', async is => {
    expect(
      await scan(hdf5({ version, ...kept(good, is) }), 'model.h5'),
    ).toMatchObject({ format: 'hdf5', verdict: 'clean', findings: [] });
  });

  it.each([true, false])('with code is malicious (variable: %s)', async is => {
    expect(
      await scan(hdf5({ version, ...kept(bad, is) }), 'model.h5'),
    ).toMatchObject({
      verdict: 'malicious',
      findings: [
        expect.objectContaining({
          rule: 'keras-code',
          message: expect.stringContaining('model_config: config.layers[0]'),
        }),
        expect.objectContaining({ rule: 'keras-code' }),
      ],
    });
  });

  it('behind a block of its user is read as well', async () => {
    const before = Buffer.alloc(512);
    const of = (text: string) =>
      rulesOf(hdf5({ version, before, ...kept(text) }), 'model.h5');
    expect(await of(good)).toEqual([]);
    expect(await of(bad)).toContain('keras-code');
    const hiding = Buffer.concat([payload(), Buffer.alloc(512)]).subarray(
      0,
      512,
    );
    expect(
      await rulesOf(hdf5({ version, before: hiding, ...kept(good) }), 'm.h5'),
    ).toEqual(
      expect.arrayContaining(['several-formats', 'archive-hidden-data']),
    );
  });

  it('that leads to other files is told of', async () => {
    expect(
      await rulesOf(
        hdf5({ version, messages: [[6, externalLink('w', '/etc/passwd')]] }),
        'w.h5',
      ),
    ).toEqual(['hdf5-external']);
  });

  it('that needs a plug-in is told of', async () => {
    const of = (id: number) =>
      rulesOf(hdf5({ version, messages: [[11, filters(id)]] }), 'w.h5');
    expect(await of(307)).toEqual(['hdf5-filter']);
    expect(await of(1)).toEqual([]);
    expect(await of(32000)).toEqual([]);
  });

  it('that is put together from others is told of', async () => {
    expect(
      await rulesOf(
        hdf5({ version, messages: [[8, Buffer.from([4, 3, 0, 0])]] }),
        'w.h5',
      ),
    ).toEqual(['hdf5-external']);
  });
});

it.each(Object.entries(WRITTEN))('code %s is found', async (_, bytes) => {
  expect(await rulesOf(bytes, 'model.h5')).toEqual([
    'keras-code',
    'keras-code',
  ]);
  for (const at of [0.3, 0.5, 0.7]) {
    const cut = bytes.subarray(0, Math.floor(at * bytes.length));
    expect((await scan(cut, 'model.h5')).verdict).not.toBe('clean');
  }
});

it('pickles in attributes and values are read', async () => {
  for (const isVariable of [true, false]) {
    const bytes = hdf5({
      attributes: [{ name: 'TITLE', value: payload(), isVariable }],
    });
    expect(await rulesOf(bytes, 'table.h5')).toEqual(
      expect.arrayContaining(['hdf5-pickle', 'pickle-dangerous-import']),
    );
  }
  const table = hdf5({ attributes: [{ name: 'PSEUDOATOM', value: 'object' }] });
  expect(await rulesOf(table, 'table.h5')).toEqual(['hdf5-pickle']);
});

it('code to which nothing leads is found', async () => {
  const bytes = hdf5({ ...kept(good), stray: Buffer.from(bad.padEnd(400)) });
  expect(await rulesOf(bytes, 'model.h5')).toEqual(['hdf5-hidden-code']);
});

it('bytes behind the end are told of', async () => {
  const bytes = hdf5({ ...kept(good), after: payload() });
  expect(await rulesOf(bytes, 'model.h5')).toEqual(
    expect.arrayContaining(['archive-hidden-data', 'pickle-dangerous-import']),
  );
});

describe('what cannot be read is no pass', () => {
  const whole = hdf5(kept(good));

  it('when the file ends too soon', async () => {
    for (let size = 9; size < whole.length; size += 37) {
      const { verdict } = await scan(whole.subarray(0, size), 'model.h5');
      expect(verdict).not.toBe('clean');
    }
  });

  it('when a configuration is no JSON', async () => {
    expect(await rulesOf(hdf5(kept('{"class_name":')), 'model.h5')).toEqual([
      'config-unreadable',
    ]);
  });

  it('when the file says that it is longer', async () => {
    expect(
      await rulesOf(hdf5({ ...kept(good), end: 1_000_000 }), 'model.h5'),
    ).toEqual(['hdf5-corrupt']);
  });

  it('when attributes or groups lead nowhere', async () => {
    const nowhere = Buffer.concat([
      Buffer.from([0, 0]),
      Buffer.alloc(16, 0x70),
    ]);
    for (const type of [2, 21, 17]) {
      expect(
        await rulesOf(hdf5({ messages: [[type, nowhere]] }), 'model.h5'),
      ).toEqual(['hdf5-corrupt']);
    }
  });

  it('when messages are shared in a table', async () => {
    expect(
      await rulesOf(hdf5({ messages: [[15, Buffer.alloc(16)]] }), 'model.h5'),
    ).toEqual(['hdf5-corrupt']);
  });
});
