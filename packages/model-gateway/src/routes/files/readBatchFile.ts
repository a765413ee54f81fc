import { parseStrictJson } from '@modelhub/governance-protocol';
import { isUtf8 } from 'node:buffer';
import { ApiError } from '../../http/ApiError';
import { checkFields, checkModel } from '../../http/parseCall';

/** One request of a batch. */
export interface BatchLine {
  fields: Record<string, unknown>;
  body: Record<string, unknown>;
  model: string;
}

/** Routes that a batch may call. */
export const BATCH_ENDPOINTS: ReadonlySet<string> = new Set([
  '/v1/chat/completions',
  '/v1/completions',
  '/v1/embeddings',
  '/v1/moderations',
  '/v1/responses',
]);

const MOST_LINES = 50_000;

/**
 * The requests of a batch file, in JSON Lines.
 *
 * @throws ApiError 400 that names the line
 */
export function readBatchFile(file: Buffer): BatchLine[] {
  if (!isUtf8(file)) {
    throw refuse('it is not UTF-8');
  }
  const lines = file
    .toString()
    .split('\n')
    .map(line => line.trim());
  const requests = lines.flatMap((line, index) =>
    line === '' ? [] : [readLine(line, index + 1)],
  );
  if (requests.length === 0 || requests.length > MOST_LINES) {
    throw refuse(`it must have from 1 to ${MOST_LINES} lines`);
  }
  return requests;
}

function readLine(line: string, number: number): BatchLine {
  const where = `line ${number}`;
  const fields = objectOf(parse(line, where), where);
  const body = objectOf(fields.body, `the body of ${where}`);
  if (fields.method !== 'POST' || !BATCH_ENDPOINTS.has(String(fields.url))) {
    throw refuse(
      `${where} must POST to one of ${[...BATCH_ENDPOINTS].join(', ')}`,
    );
  }
  checkFields(Object.keys(body));
  return { fields, body, model: checkModel(body.model) };
}

function parse(line: string, where: string): unknown {
  try {
    return parseStrictJson(line);
  } catch (error) {
    throw refuse(`${where} is not valid JSON: ${(error as Error).message}`);
  }
}

function objectOf(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse(`${where} must be an object`);
  }
  return value as Record<string, unknown>;
}

function refuse(reason: string): ApiError {
  return new ApiError(
    400,
    'invalid_batch_file',
    `The file is not a batch of requests: ${reason}.`,
    { param: 'file' },
  );
}
