import { parseStrictJson } from '@modelhub/governance-protocol';
import { ApiError } from '../../http/ApiError';
import { BATCH_ENDPOINTS } from './readBatchFile';

/** A request for a batch, as far as it is passed on. */
export interface BatchRequest {
  input_file_id: string;
  endpoint: string;
  completion_window?: unknown;
  metadata?: unknown;
}

const FIELDS = new Set([
  'input_file_id',
  'endpoint',
  'completion_window',
  'metadata',
]);

/** @throws ApiError 400 */
export function readBatchRequest(raw: Buffer): BatchRequest {
  const refuse = (message: string, param?: string) =>
    new ApiError(400, 'invalid_request', message, { param });
  let value: unknown;
  try {
    value = parseStrictJson(raw.toString());
  } catch (error) {
    throw refuse(`The body is not valid JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse('The body must be a JSON object.');
  }
  const other = Object.keys(value).find(name => !FIELDS.has(name));
  if (other !== undefined) {
    throw refuse(`This gateway does not take '${other}' here.`, other);
  }
  const request = value as Partial<BatchRequest>;
  if (typeof request.input_file_id !== 'string') {
    throw refuse("Name the 'input_file_id'.", 'input_file_id');
  }
  if (!BATCH_ENDPOINTS.has(String(request.endpoint))) {
    throw refuse(
      `'endpoint' must be one of ${[...BATCH_ENDPOINTS].join(', ')}.`,
      'endpoint',
    );
  }
  return request as BatchRequest;
}
