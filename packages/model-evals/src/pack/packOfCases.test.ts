import { PackError } from './PackError';
import { packOfCases, type PackOfCasesOptions } from './packOfCases';

const options: PackOfCasesOptions = {
  name: 'own-input/colours',
  request: { temperature: 0 },
  scorers: [{ name: 'exact', type: 'exact-match' }],
  cases: [
    { id: 'row-2', input: 'What colour is grass?', expected: 'green' },
    { id: 'row-3', input: 'What colour is snow?', expected: 'white' },
  ],
  source: { file: 'colours.csv', lines: [2, 3] },
};

const problemsOf = (other: Partial<PackOfCasesOptions>) => {
  try {
    packOfCases({ ...options, ...other });
    return [];
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    return error.problems;
  }
};

describe('a pack of cases without a folder', () => {
  it('is a pack in no catalog, whose digest says what is asked', () => {
    const pack = packOfCases(options);
    expect(pack).toMatchObject({ type: 'quality', task: 'chat', criteria: [] });
    expect(pack.entityRef).toBeUndefined();
    expect(packOfCases({ ...options, name: 'another' }).digest).toBe(
      pack.digest,
    );
    expect(
      packOfCases({ ...options, request: { temperature: 1 } }).digest,
    ).not.toBe(pack.digest);
  });

  it('says which line of the file lacks what', () => {
    const [first, second] = options.cases;
    expect(
      problemsOf({ cases: [first, { ...second, expected: undefined }] }),
    ).toEqual([
      expect.objectContaining({
        file: 'colours.csv',
        line: 3,
        message: expect.stringContaining('expected is missing'),
      }),
    ]);
    expect(
      problemsOf({ cases: [first, { ...second, input: '' }] })[0],
    ).toMatchObject({ line: 3, field: 'input' });
    expect(problemsOf({ cases: [] })[0].message).toContain('must hold 1 to');
    expect(problemsOf({ cases: [first, first] })[0].message).toBe(
      'comes twice',
    );
    expect(
      problemsOf({ scorers: [{ name: 'x', type: 'nobody' }] })[0].message,
    ).toContain("no scorer is called 'nobody'");
  });
});
