/** Fields that hold names, ids, addresses of files or bytes, and no prose. */
const NOT_TEXT = new Set([
  'b64_json',
  'call_id',
  'container',
  'detail',
  'embedding',
  'encrypted_content',
  'encoding_format',
  'file_data',
  'file_id',
  'finish_reason',
  'format',
  'id',
  'image_url',
  'input_audio',
  'item_id',
  'media_type',
  'model',
  'name',
  'object',
  'partial_image_b64',
  'response_format',
  'role',
  'service_tier',
  'signature',
  'status',
  'stop_reason',
  'system_fingerprint',
  'tool_call_id',
  'tool_use_id',
  'type',
]);
/** JSON in a text. */
const JSON_TEXT = new Set(['arguments', 'partial_json']);
const DEEPEST = 64;

/**
 * The same value with its texts changed. Returns the value itself where nothing
 * was: nothing is copied then. Audio, images and files are left as they are.
 */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  return mapValue(value, change, 0) as T;
}

function mapValue(
  value: unknown,
  change: (text: string) => string,
  depth: number,
): unknown {
  if (typeof value === 'string') {
    return change(value);
  }
  if (typeof value !== 'object' || value === null || depth > DEEPEST) {
    return value;
  }
  if (Array.isArray(value)) {
    let copy: unknown[] | undefined;
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index];
      // Tokens and vectors.
      if (typeof item === 'number') {
        continue;
      }
      const changed = mapValue(item, change, depth + 1);
      if (changed !== item) {
        copy ??= [...value];
        copy[index] = changed;
      }
    }
    return copy ?? value;
  }
  return mapFields(value as Record<string, unknown>, change, depth);
}

function mapFields(
  fields: Record<string, unknown>,
  change: (text: string) => string,
  depth: number,
): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const [name, item] of Object.entries(fields)) {
    if (NOT_TEXT.has(name) && typeof item !== 'object') {
      continue;
    }
    if (isBinary(name, item, fields)) {
      continue;
    }
    const changed =
      JSON_TEXT.has(name) && typeof item === 'string'
        ? mapJson(item, change, depth)
        : mapValue(item, change, depth + 1);
    if (changed !== item) {
      copy ??= { ...fields };
      copy[name] = changed;
    }
  }
  return copy ?? fields;
}

/** Arguments of tools: still JSON afterwards, if they were before. */
function mapJson(
  text: string,
  change: (text: string) => string,
  depth: number,
): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return change(text);
  }
  if (typeof value !== 'object') {
    return change(text);
  }
  const changed = mapValue(value, change, depth + 1);
  return changed === value ? text : JSON.stringify(changed);
}

function isBinary(
  name: string,
  item: unknown,
  { type }: Record<string, unknown>,
): boolean {
  switch (name) {
    case 'image_url':
    case 'input_audio':
      return true;
    case 'data':
      // Base64, but for Anthropic's plain documents.
      return typeof item === 'string' && type !== 'text';
    case 'delta':
      return /audio\.delta$/.test(String(type));
    case 'result':
      return type === 'image_generation_call';
    default:
      return false;
  }
}
