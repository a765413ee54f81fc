import { readPack } from '../pack';
import type { EvaluationCase, EvaluationPack } from '../pack';

export interface PackParts {
  spec?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  cases: Array<Partial<EvaluationCase>>;
  documents?: Array<{ id: string; text: string }>;
}

const lines = (values: unknown[]) =>
  values.map(value => JSON.stringify(value)).join('\n');

/** The texts of a pack, as `readPack` takes them. */
export function packTexts({ spec, metadata, cases, documents }: PackParts) {
  return {
    packYaml: JSON.stringify({
      apiVersion: 'modelhub.dev/v1alpha1',
      kind: 'EvaluationPack',
      metadata: { name: 'sums', ...metadata },
      spec: {
        type: 'quality',
        version: '1.0.0',
        owner: 'group:default/ml',
        lifecycle: 'active',
        task: 'chat',
        scorers: [{ name: 'right', type: 'exact-match' }],
        cases: './cases.jsonl',
        ...(documents && { documents: './documents.jsonl' }),
        ...spec,
      },
    }),
    read: async (path: string) => {
      if (path === 'cases.jsonl') return lines(cases);
      if (path === 'documents.jsonl' && documents) return lines(documents);
      throw new Error(`there is no ${path}`);
    },
  };
}

export const packOf = (parts: PackParts): Promise<EvaluationPack> =>
  readPack(packTexts(parts));

/** So many sums; `n + n` is right when it is answered with the number. */
export const sums = (count: number): EvaluationCase[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `s${n}`,
    input: `${n}+${n}`,
    expected: String(2 * n),
    slices: { parity: n % 2 ? 'odd' : 'even' },
  }));

/** What a model that can add says to `n+n`. */
export const added = (input: string): string => {
  const [a, b] = input.split('+').map(Number);
  return String(a + b);
};
