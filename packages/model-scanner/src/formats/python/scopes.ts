import type { Token } from './tokens';

/** A logical line. */
export interface Line {
  tokens: Token[];
  /** Belongs to a function, or to what runs as a script only. */
  isDeferred: boolean;
}

/** Puts tokens into lines, and tells which of them an import runs. */
export function scopesOf(source: string, tokens: Token[]): Line[] {
  const lines: Line[] = [];
  let current: Token[] = [];
  let deferredFrom: number | undefined;
  const finish = () => {
    const [first] = current;
    if (!first) return;
    const indent = indentOf(source, first.at);
    if (deferredFrom !== undefined && indent <= deferredFrom) {
      deferredFrom = undefined;
    }
    const defers = beginsDeferred(current);
    lines.push({
      tokens: current,
      isDeferred: deferredFrom !== undefined || defers,
    });
    if (defers && deferredFrom === undefined) deferredFrom = indent;
    current = [];
  };
  for (const token of tokens) {
    if (token.kind === 'line') finish();
    else current.push(token);
  }
  finish();
  return lines;
}

/** Columns before it; a tab leads to the next multiple of eight. */
function indentOf(source: string, at: number): number {
  let column = 0;
  for (let i = source.lastIndexOf('\n', at - 1) + 1; i < at; i++) {
    column = source[i] === '\t' ? (Math.floor(column / 8) + 1) * 8 : column + 1;
  }
  return column;
}

function beginsDeferred(tokens: Token[]): boolean {
  const [first, second, third, fourth] = tokens.map(({ text }) => text);
  if (first === 'def' || (first === 'async' && second === 'def')) return true;
  return (
    first === 'if' &&
    ((second === '__name__' && third === '==' && fourth === '__main__') ||
      (second === '__main__' && third === '==' && fourth === '__name__'))
  );
}
