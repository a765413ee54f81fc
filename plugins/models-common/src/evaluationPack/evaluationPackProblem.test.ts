import {
  evaluationPackProblem,
  SEMANTIC_VERSION_PATTERN,
  type EvaluationPackEntityV1alpha1,
} from '.';

const pack = (
  spec: Partial<EvaluationPackEntityV1alpha1['spec']>,
): EvaluationPackEntityV1alpha1 => ({
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'EvaluationPack',
  metadata: { namespace: 'acme', name: 'tickets' },
  spec: {
    type: 'quality',
    version: '1.0.0',
    owner: 'group:default/ml',
    lifecycle: 'active',
    task: 'chat',
    scorers: [{ name: 'label', type: 'classification' }],
    criteria: [{ metric: 'label.f1', atLeast: 0.7 }],
    cases: './cases.jsonl',
    ...spec,
  },
});

describe('evaluationPackProblem', () => {
  it.each([
    [{}],
    [{ criteria: undefined }],
    [{ cases: 'cases/all.jsonl' }],
    [{ task: 'retrieval' as const, documents: './documents.jsonl' }],
    [
      {
        type: 'fairness' as const,
        fairness: { attributes: ['gender'], metric: 'label.f1' },
      },
    ],
    [
      {
        criteria: [
          { metric: 'label', atLeast: 0.5 },
          { metric: 'label', atMost: 0.9 },
          { metric: 'label', slice: 'language=de', atLeast: 0.5 },
        ],
      },
    ],
  ])('finds nothing wrong with %j', spec => {
    expect(evaluationPackProblem(pack(spec))).toBeUndefined();
  });

  it.each<[Partial<EvaluationPackEntityV1alpha1['spec']>, RegExp]>([
    [
      {
        scorers: [
          { name: 'label', type: 'classification' },
          { name: 'label', type: 'exact-match' },
        ],
      },
      /^spec\.scorers\[1\]\.name "label" comes twice/,
    ],
    [
      { criteria: [{ metric: 'label' }] },
      /^spec\.criteria\[0\] has neither atLeast nor atMost/,
    ],
    [
      { criteria: [{ metric: 'label', atLeast: 0, atMost: 1 }] },
      /^spec\.criteria\[0\] has both bounds/,
    ],
    [
      {
        criteria: [
          { metric: 'label', atLeast: 0.5 },
          { metric: 'label', atLeast: 0.6 },
        ],
      },
      /^spec\.criteria\[1\] repeats/,
    ],
    [{ type: 'fairness' }, /^spec\.fairness is missing/],
    [
      { fairness: { attributes: ['gender'], metric: 'labels' } },
      /^spec\.fairness\.metric "labels" .* it can be label$/,
    ],
    [{ task: 'retrieval' }, /^spec\.documents is missing/],
    [
      { documents: './documents.jsonl' },
      /^spec\.documents is for the task retrieval; .* is chat$/,
    ],
    [{ cases: '../other/cases.jsonl' }, /^spec\.cases is "\.\.\/other/],
    [{ cases: '/etc/cases.jsonl' }, /^spec\.cases is "\/etc/],
    [{ cases: 'file:///cases.jsonl' }, /^spec\.cases is "file:/],
    [{ cases: 'C:\\cases.jsonl' }, /^spec\.cases is "C:/],
    [
      { task: 'retrieval', documents: 'https://a.test/d.jsonl' },
      /^spec\.documents is "https:.* such as \.\/documents\.jsonl$/,
    ],
  ])('names what is wrong with %j', (spec, problem) => {
    expect(evaluationPackProblem(pack(spec))).toMatch(problem);
  });
});

describe('SEMANTIC_VERSION_PATTERN', () => {
  const pattern = new RegExp(SEMANTIC_VERSION_PATTERN);

  // From the examples of semver.org's suggested expression.
  it.each([
    '0.0.4',
    '1.0.0-alpha.beta',
    '1.1.2-prerelease+meta',
    '1.0.0+0.build.1-rc.10000aaa-kk-0.1',
    '2.0.0-rc.1+build.123',
    '1.0.0-0A.is.legal',
    '99999999999999999999999.999999999999999999.99999999999999999',
  ])('takes %s', version => expect(version).toMatch(pattern));

  it.each([
    '1',
    '1.2',
    'v1.2.3',
    '1.2.3-0123',
    '01.1.1',
    '1.1.1-',
    '1.2.3+a+b',
    '1.2.3 ',
    '1.2.3.DEV',
  ])('refuses %s', version => expect(version).not.toMatch(pattern));
});
