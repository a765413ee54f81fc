import { fuzzOne, inputOf } from './__testUtils__/fuzz/fuzzOne';
import { SEEDS } from './__testUtils__/fuzz/seeds';
import { scan } from './__testUtils__/scans';

const INPUTS = 600;

describe('files with mistakes in them', () => {
  it('never make the scanner fail', async () => {
    const faults: string[] = [];
    for (let index = 0; index < INPUTS; index++) {
      const fault = await fuzzOne(1, index);
      if (fault) faults.push(`--seed 1 --only ${index}: ${fault}`);
    }
    expect(faults).toEqual([]);
  }, 120_000);

  it('are the same for the same numbers, and others for others', () => {
    expect(inputOf(3, 14)).toEqual(inputOf(3, 14));
    const inputs = Array.from({ length: 100 }, (_, index) =>
      inputOf(3, index).bytes.toString('hex'),
    );
    expect(new Set(inputs).size).toBeGreaterThan(90);
  });
});

describe('the files before the mistakes', () => {
  it.each(SEEDS.map(({ name, bytes }) => [name, bytes] as const))(
    '%s is of a format that is read',
    async (name, bytes) => {
      const { format, findings } = await scan(bytes, name);
      expect(format).not.toBe('unknown');
      expect(findings.map(({ rule }) => rule)).not.toContain('unreadable');
    },
  );
});
