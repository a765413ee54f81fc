import { parse, YAMLParseError } from 'yaml';
import { EvaluationImportError, type ImportFile } from './types';

/** A file, read for what it is and not for what it is called. */
export type ImportDocument =
  | { kind: 'document'; name: string; value: unknown }
  | { kind: 'lines'; name: string; lines: unknown[] };

const baseName = (name: string) => name.split(/[\\/]/).at(-1) ?? name;

/** YAML between the first two lines of three dashes, as model cards have it. */
function frontMatter(text: string): string | undefined {
  const lines = text.split(/\r?\n/);
  if (lines[0]?.trim() !== '---') return undefined;
  const end = lines.findIndex((line, at) => at > 0 && line.trim() === '---');
  return end > 0 ? lines.slice(1, end).join('\n') : undefined;
}

function readYaml(name: string, text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch (error) {
    const [line] = (error as Error).message.split('\n');
    throw new EvaluationImportError(
      `${name} is neither JSON nor YAML: ${
        error instanceof YAMLParseError ? line : (error as Error).message
      }`,
    );
  }
}

/**
 * Numbers that Python writes and JSON does not know, as null: they stand where
 * no text in quotes is.
 */
const withoutNaN = (text: string) =>
  text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\bInfinity\b|\bNaN\b/g, token =>
    token.startsWith('"') ? token : 'null',
  );

/** JSON, also as Python writes it. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const known = withoutNaN(text);
    if (known === text) throw error;
    return JSON.parse(known);
  }
}

function readLines(name: string, text: string): unknown[] | undefined {
  const lines = text
    .split('\n')
    .map((line, at) => ({ line: line.trim(), at: at + 1 }))
    .filter(({ line }) => line !== '');
  if (lines.length < 2 || !lines[0].line.endsWith('}')) return undefined;
  try {
    readJson(lines[0].line);
  } catch {
    return undefined;
  }
  return lines.map(({ line, at }) => {
    try {
      return readJson(line);
    } catch (error) {
      throw new EvaluationImportError(
        `${name}: line ${at} is no JSON: ${(error as Error).message}`,
      );
    }
  });
}

/** JSON, JSON Lines, YAML, or the front matter of a Markdown file. */
export function readDocument(file: ImportFile): ImportDocument {
  const name = baseName(file.name);
  const text = file.text.replace(/^\uFEFF/, '');
  const begins = text.trimStart()[0];
  if (begins === undefined) {
    throw new EvaluationImportError(`${name} is empty`);
  }
  if (begins === '{' || begins === '[') {
    try {
      return { kind: 'document', name, value: readJson(text) };
    } catch (error) {
      const lines = readLines(name, text);
      if (lines) return { kind: 'lines', name, lines };
      throw new EvaluationImportError(
        `${name} is no JSON: ${(error as Error).message}`,
      );
    }
  }
  const card = frontMatter(text);
  return {
    kind: 'document',
    name,
    value: readYaml(name, card ?? text),
  };
}
