import type { ScanContext } from '../../engine/FormatReader';
import { judgeImport, presentName } from '../pickle/judgeImport';

/** What stands for a type or function whose name is judged where it is given. */
const STANDS_FOR = new Set([
  'builtins.type',
  'builtins.function',
  'builtins.NoneType',
  'builtins.method',
  'builtins.builtin_function_or_method',
  'numpy.ufunc',
]);

/**
 * Judges every type that the schema of a skops file names, by default deny.
 *
 * Source: skops 0.13, `skops/io/_audit.py`, `skops/io/_general.py`.
 */
export function readSkopsSchema(bytes: Buffer, context: ScanContext): void {
  let schema: unknown;
  try {
    schema = JSON.parse(bytes.toString());
  } catch {
    context.report('unreadable', 'schema.json is no JSON');
    return;
  }
  const isSkops =
    typeof schema === 'object' && schema !== null && '__loader__' in schema;
  if (!isSkops) return;
  const open: unknown[] = [schema];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    const fields = new Map(Object.entries(node));
    judge(fields.get('__module__'), fields.get('__class__'), context);
    judge(fields.get('module_path'), fields.get('function'), context);
    if (fields.get('__loader__') === 'OperatorFuncNode') {
      judge('operator', fields.get('__class__'), context);
    }
    open.push(...fields.values());
  }
}

function judge(module: unknown, name: unknown, context: ScanContext): void {
  if (typeof module !== 'string' || typeof name !== 'string') return;
  const present = presentName(module);
  const path = `${present}.${name}`;
  if (STANDS_FOR.has(path)) return;
  const verdict = judgeImport(present, name);
  if (verdict === 'dangerous') {
    context.report('skops-dangerous-type', `schema.json names ${path}`);
  } else if (verdict === 'unknown') {
    context.report('skops-unknown-type', `schema.json names ${path}`);
  }
}
