import {
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type ParsedNode,
} from 'yaml';
import { MAX_DEPTH, MAX_FILE_CHARACTERS, MAX_PARTS } from './limits';
import { PolicyFileError, type Finding } from './PolicyFileError';

interface Parsed {
  document: Document.Parsed<ParsedNode>;
  lines: LineCounter;
}

/** Deeply nested text would exhaust the parser's stack, so it is measured first. */
function isTooDeep(text: string): boolean {
  let open = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '[' || character === '{') {
      open += 1;
      deepest = Math.max(deepest, open);
    } else if (character === ']' || character === '}') {
      open = Math.max(0, open - 1);
    }
  }
  const indent = /^[ \-?:]*/gm;
  const widest = (text.match(indent) ?? []).reduce(
    (most, start) => Math.max(most, start.length),
    0,
  );
  // Brackets in prose count as well, hence the distance to what is allowed.
  return deepest > MAX_DEPTH * 2 || widest > MAX_DEPTH * 8;
}

function parse(text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: true,
    // The library's own check takes the square of the number of keys.
    uniqueKeys: false,
  });
  return { document, lines };
}

function duplicateKeys({ document, lines }: Parsed): Finding[] {
  const findings: Finding[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : key;
        if (seen.has(name)) {
          findings.push({
            ...positionOf(lines, key),
            message: `not YAML: Map keys must be unique, and '${name}' is there twice`,
          });
        }
        seen.add(name);
      }
    },
  });
  return findings;
}

function positionOf(lines: LineCounter, node: unknown) {
  if (!isNode(node) || !node.range) return {};
  const { line, col } = lines.linePos(node.range[0]);
  return { line, column: col };
}

/**
 * The content of a YAML file.
 *
 * @throws PolicyFileError that says what is no YAML, and where
 */
export function readYaml(file: string, text: string): unknown {
  const refuse = (...findings: Finding[]) =>
    new PolicyFileError(findings.map(finding => ({ file, ...finding })));
  if (text.length > MAX_FILE_CHARACTERS) {
    throw refuse({
      message: `has ${text.length} characters, and ${MAX_FILE_CHARACTERS} are the most; split it`,
    });
  }
  const parts = text.match(/[\n,]/g)?.length ?? 0;
  if (parts > MAX_PARTS) {
    throw refuse({
      message: `has ${parts} lines and list items, and ${MAX_PARTS} are the most; split it`,
    });
  }
  if (isTooDeep(text)) {
    throw refuse({ message: 'is nested too deeply to be a policy' });
  }
  const parsed = parse(text);
  const { errors } = parsed.document;
  if (errors.length > 0) {
    throw refuse(
      ...errors.map(({ message, linePos }) => ({
        message: `not YAML: ${message.split('\n')[0]}`,
        ...(linePos && { line: linePos[0].line, column: linePos[0].col }),
      })),
    );
  }
  const twice = duplicateKeys(parsed);
  if (twice.length > 0) throw refuse(...twice);
  try {
    // Aliases are bounded, so that a small file cannot grow into a huge one.
    return parsed.document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    throw refuse({ message: `not YAML: ${(error as Error).message}` });
  }
}

/**
 * Says where a field of a file is, or what is there of the way to it, by a path
 * such as `['gates', 'licence', 'when']`.
 */
export function positionsIn(
  text: string,
): (path: string[]) => { line?: number; column?: number } {
  const { document, lines } = parse(text);
  return path => positionOfPath(document, lines, path);
}

function positionOfPath(
  document: Parsed['document'],
  lines: LineCounter,
  path: string[],
) {
  let found: unknown = document.contents;
  let node: unknown = document.contents;
  for (const name of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        item =>
          isPair(item) && isScalar(item.key) && String(item.key.value) === name,
      );
      if (!pair) break;
      found = pair.key;
      node = pair.value;
    } else {
      const item = nth(node, name);
      if (!item) break;
      found = item;
      node = item;
    }
  }
  return positionOf(lines, found);
}

function nth(node: unknown, index: string): unknown {
  const items = (node as { items?: unknown[] } | undefined)?.items;
  return Array.isArray(items) ? items[Number(index)] : undefined;
}
