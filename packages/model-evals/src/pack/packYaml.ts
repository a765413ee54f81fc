import { isNode, LineCounter, parseDocument } from 'yaml';
import { PACK_LIMITS } from './limits';
import type { ProblemList } from './PackError';
import type { Path } from './rules';

export interface PackYaml {
  value: unknown;
  /** The line of a field, or of what there is of the way to it. */
  lineOf(path: Path): number | undefined;
}

/** Reads `pack.yaml`; nothing where it is no YAML, which is told. */
export function packYaml(
  file: string,
  content: string,
  problems: ProblemList,
): PackYaml | undefined {
  if (content.length > PACK_LIMITS.packCharacters) {
    problems.add({
      file,
      message: `has ${content.length} characters, and ${PACK_LIMITS.packCharacters} are the most; cases belong into cases.jsonl`,
    });
    return undefined;
  }
  try {
    const lines = new LineCounter();
    const document = parseDocument(content, { lineCounter: lines });
    for (const { message, linePos } of document.errors) {
      problems.add({
        file,
        line: linePos?.[0].line,
        message: `is not YAML: ${message.split('\n')[0]}`,
      });
    }
    if (document.errors.length > 0) return undefined;
    return {
      // Aliases are bounded, so that a small file cannot grow into a huge one.
      value: document.toJS({ maxAliasCount: 50 }),
      lineOf: path => {
        for (let length = path.length; length >= 0; length--) {
          const node = document.getIn(path.slice(0, length), true);
          if (isNode(node) && node.range) {
            return lines.linePos(node.range[0]).line;
          }
        }
        return undefined;
      },
    };
  } catch (error) {
    // Too deep for the parser's stack, or too many aliases.
    problems.add({
      file,
      message: `is not YAML: ${(error as Error).message}`,
    });
    return undefined;
  }
}
