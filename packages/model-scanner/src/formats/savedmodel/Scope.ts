import { climbsOut } from '../archive/names';
import { HANDS_ON, OPENS_INPUTS } from './operators';

/** A node of a graph, as far as it matters. */
export interface GraphNode {
  name: string;
  operator: string;
  inputs: string[];
  /** Texts of a constant. */
  texts: string[];
  at: number;
}

const DEEPEST = 8;
const MOST_NODES = 500_000;

/** Nodes that see one another: those of a graph or of one function. */
export class Scope {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #opening: GraphNode[] = [];

  add(node: GraphNode): void {
    if (this.#nodes.size >= MOST_NODES) return;
    // Others are never looked up.
    if (node.texts.length > 0 || HANDS_ON.has(node.operator)) {
      this.#nodes.set(node.name, node);
    }
    if (OPENS_INPUTS.has(node.operator)) this.#opening.push(node);
  }

  /** Paths that operators open and that lead elsewhere. */
  *oddPaths(): Generator<{ node: GraphNode; source: string; path: string }> {
    for (const node of this.#opening) {
      for (const { source, path } of this.#textsInto(node)) {
        if (isOdd(path)) yield { node, source, path };
      }
    }
  }

  *#textsInto(node: GraphNode): Generator<{ source: string; path: string }> {
    const open = node.inputs.map(input => ({ input, depth: 0 }));
    const seen = new Set<string>();
    while (open.length > 0 && seen.size < 1000) {
      const { input, depth } = open.pop() as (typeof open)[0];
      const name = input.replace(/^\^/, '').split(':')[0];
      const from = this.#nodes.get(name);
      if (!from || seen.has(name)) continue;
      seen.add(name);
      for (const path of from.texts) yield { source: name, path };
      if (depth < DEEPEST && HANDS_ON.has(from.operator)) {
        for (const next of from.inputs)
          open.push({ input: next, depth: depth + 1 });
      }
    }
  }
}

/** Absolute, climbing or an address. Names of the scanner's own files are not. */
export function isOdd(path: string): boolean {
  return (
    path.length > 1 &&
    (/^[a-z][a-z0-9+.-]*:\/\//i.test(path) || climbsOut(path)) &&
    // What a saver puts in front of the pieces that it writes.
    !/^\/?(_temp|part|tmp-?)?[\w-]*\/(part|temp)?$/.test(path)
  );
}
