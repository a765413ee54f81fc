import { canonicalJson } from '@modelhub/governance-protocol';
import type { ArtifactReport, Finding } from '@modelhub/scanner';
import { clean, MAX_FINDINGS, MAX_NOT_READ, summarise } from './summarise';

/** Control characters, a turn of the writing direction and half of a character. */
const hostile = 'a\u0000b\u202ec\ud83d';

const finding = (changes: Partial<Finding> = {}): Finding => ({
  rule: 'pickle-unknown-import',
  severity: 'high',
  location: '',
  message: 'imports x',
  ...changes,
});

const report = (changes: Partial<ArtifactReport> = {}): ArtifactReport => ({
  uri: 'hf://a/b',
  pinnedUri: 'hf://a/b@1',
  sizeBytes: 10,
  verdict: 'suspicious',
  findings: [],
  files: [],
  leftOut: [],
  isTransient: false,
  ...changes,
});

describe('what is kept of a report', () => {
  it('is bounded, the gravest first, and counts all', () => {
    const files = Array.from({ length: 500 }, (_, index) => ({
      path: `part-${index}.bin`,
      format: 'pickle',
      verdict: 'error' as const,
      findings: [
        finding({ rule: 'pickle-truncated' }),
        ...(index === 499 ? [finding({ severity: 'critical' })] : []),
      ],
    }));
    const result = summarise(report({ files }));
    expect(result.findings).toHaveLength(MAX_FINDINGS);
    expect(result.findings[0]).toMatchObject({
      severity: 'critical',
      file: 'part-499.bin',
    });
    expect(result.moreFindings).toBe(501 - MAX_FINDINGS);
    expect(result.counts).toMatchObject({ critical: 1, high: 500 });
    expect(result.notRead).toHaveLength(MAX_NOT_READ);
    expect(result.moreNotRead).toBe(500 - MAX_NOT_READ);
    expect(result.formats).toEqual([{ format: 'pickle', files: 500 }]);
  });

  it('can be hashed and shown whatever is in the files', () => {
    const result = summarise(
      report({
        pinnedUri: hostile,
        files: [
          {
            path: hostile,
            format: hostile,
            verdict: 'suspicious',
            findings: [
              finding({ message: hostile.repeat(500), location: hostile }),
            ],
          },
        ],
      }),
    );
    const text = canonicalJson(result);
    expect(JSON.parse(text).findings[0]).toMatchObject({
      file: 'a\ufffdb\ufffdc\ufffd',
      location: 'a\ufffdb\ufffdc\ufffd',
    });
    expect(JSON.parse(text).findings[0].message).toHaveLength(500);
  });

  it('leaves out documents that are too large, and names them', () => {
    const files = [
      {
        path: 'x'.repeat(9 * 1024 * 1024),
        format: 'pickle',
        verdict: 'clean' as const,
        findings: [],
      },
    ];
    const { documents, omitted } = summarise(report({ files }));
    expect(omitted).toContain('scan.json');
    expect(documents.map(({ name }) => name)).not.toContain('scan.json');
  });

  it('is not cut within a character', () => {
    expect(clean('ab\u{1f600}cd', 4)).toBe('ab…');
    expect(clean('ab\u{1f600}', 4)).toBe('ab\u{1f600}');
  });
});
