import Ajv, { type ValidateFunction } from 'ajv';
import type { Json } from '../pack/types';
import { isRecord } from '../pack/rules';
import type { AgentTool } from './types';

const ajv = new Ajv({ strict: false, allErrors: false });
const compiled = new WeakMap<AgentTool, ValidateFunction>();

/** Why arguments do not fit the schema of a tool, in words that a model understands. */
export function argumentProblem(
  tool: AgentTool,
  given: Json,
): string | undefined {
  if (!isRecord(given)) return 'the arguments are no JSON object';
  if (!tool.parameters) return undefined;
  let check = compiled.get(tool);
  if (!check) {
    check = ajv.compile(tool.parameters);
    compiled.set(tool, check);
  }
  if (check(given)) return undefined;
  const [error] = check.errors ?? [];
  return `the arguments do not fit the schema: ${
    error?.instancePath.slice(1).replaceAll('/', '.') || 'they'
  } ${error?.message ?? 'are not right'}`;
}

/** Why a tool's schema is none. */
export function schemaProblem(schema: unknown): string | undefined {
  try {
    new Ajv({ strict: false }).compile(schema as object);
    return undefined;
  } catch (error) {
    return `is no JSON Schema: ${(error as Error).message}`;
  }
}
