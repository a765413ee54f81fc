import { LEARNING, LEARNING_PATTERNS } from './safe/learning';
import { NUMERIC, NUMERIC_PATTERNS } from './safe/numeric';
import { PYTHON } from './safe/python';
import { TABLES, TABLES_PATTERNS } from './safe/tables';
import { TORCH, TORCH_PATTERNS } from './safe/torch';
import { TRAINING } from './safe/training';

/**
 * Constructors that model files of the common frameworks need to be rebuilt.
 * Each was looked at: none runs code that the file chooses, opens a file or
 * connection, or looks up a name, neither when it is called nor when its object
 * is given a state.
 */
const NAMES = new Set(
  [PYTHON, NUMERIC, TORCH, LEARNING, TABLES, TRAINING].flatMap(list =>
    list.trim().split(/\s+/),
  ),
);

/** Classes of one kind, which are all named alike. */
const PATTERNS = [
  ...NUMERIC_PATTERNS,
  ...TORCH_PATTERNS,
  ...LEARNING_PATTERNS,
  ...TABLES_PATTERNS,
];

/** Whether an import is one that the common frameworks need and that is harmless. */
export function isSafe(module: string, name: string): boolean {
  const path = `${module}.${name}`;
  if (NAMES.has(path)) return true;
  // Through dots any module is reached that a module has imported.
  return !name.includes('.') && PATTERNS.some(pattern => pattern.test(path));
}
