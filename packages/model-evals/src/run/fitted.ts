import {
  MAX_EVIDENCE_BYTES,
  type EvaluationResult,
} from '@modelhub/governance-protocol';
import { shortText } from './CaseTable';

/** Room for the statement around the result, in the envelope's base64. */
const MOST_BYTES = Math.floor((MAX_EVIDENCE_BYTES * 3) / 4) - 16 * 1024;

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/** Contents of failures give way until the result can be submitted. */
export function fitted(result: EvaluationResult): EvaluationResult {
  let fit = result;
  for (const most of [1_000, 300, 0]) {
    if (bytesOf(fit) <= MOST_BYTES || !fit.failures) return fit;
    fit = {
      ...result,
      settings: {
        ...result.settings,
        content: most > 0 ? `shortened to ${most} characters` : 'left out',
      },
      failures: fit.failures.map(({ input, output, ...rest }) => ({
        ...rest,
        ...(input && most > 0 && { input: shortText(input, most) }),
        ...(output && most > 0 && { output: shortText(output, most) }),
      })),
    };
  }
  return fit;
}
