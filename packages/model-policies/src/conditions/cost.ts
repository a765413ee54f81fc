import type { ASTNode } from '@marcbachmann/cel-js';

/** Of a list in the input; a condition over a longer one is not evaluated. */
export const MAX_INPUT_ITEMS = 100;

/** Steps that one condition may take at most. */
export const MAX_COST = 200_000;

const MACROS = ['all', 'exists', 'exists_one', 'filter', 'map'];

/** What does not call another expression, and ends in time that its arguments bound. */
const FUNCTIONS = [
  'contains',
  'endsWith',
  'has',
  'indexOf',
  'lowerAscii',
  'size',
  'startsWith',
  'substring',
  'trim',
  'upperAscii',
];

/** Why a condition is refused before anything runs. */
export class CostError extends Error {}

interface Cost {
  /** Steps at most. */
  steps: number;
  /** Items of the list that it gives, at most. */
  items: number;
}

const plain = (steps: number): Cost => ({ steps, items: MAX_INPUT_ITEMS });

function sum(costs: Cost[]): number {
  return costs.reduce((total, { steps }) => total + steps, 1);
}

/**
 * How long an expression takes at most, whatever the input: comprehensions cost
 * what they are over times what they do, comparisons of lists their length.
 *
 * @throws CostError when it calls what is not offered
 */
export function costOf(node: ASTNode): Cost {
  switch (node.op) {
    case 'value':
    case 'id':
      return plain(1);
    case 'list': {
      const items = node.args.map(costOf);
      return { steps: sum(items), items: items.length };
    }
    case 'map':
      return plain(sum(node.args.flat().map(costOf)));
    case '.':
    case '.?':
      return plain(costOf(node.args[0]).steps + 1);
    case '!_':
    case '-_':
      return plain(costOf(node.args).steps + 1);
    case 'call':
      allow(node.args[0], FUNCTIONS);
      return plain(sum(node.args[1].map(costOf)));
    case 'rcall':
      return costOfMethod(node.args);
    case '?:': {
      const [when, then, otherwise] = node.args.map(costOf);
      return {
        steps: when.steps + Math.max(then.steps, otherwise.steps) + 1,
        items: Math.max(then.items, otherwise.items),
      };
    }
    case '+': {
      const [left, right] = node.args.map(costOf);
      const items = left.items + right.items;
      return { steps: left.steps + right.steps + items, items };
    }
    case 'in':
    case '==':
    case '!=': {
      const [left, right] = node.args.map(costOf);
      return plain(left.steps + right.steps + costOfLists(node.args));
    }
    default:
      return plain(sum(node.args.map(costOf)));
  }
}

/** What it takes to compare with, or to look through, lists that are written out. */
function costOfLists(nodes: readonly ASTNode[]): number {
  return nodes.reduce(
    (total, node) => total + (node.op === 'list' ? node.args.length : 1),
    1,
  );
}

function costOfMethod([name, receiver, args]: [
  string,
  ASTNode,
  ASTNode[],
]): Cost {
  const over = costOf(receiver);
  if (!MACROS.includes(name)) {
    allow(name, FUNCTIONS);
    return plain(over.steps + sum(args.map(costOf)));
  }
  const each = sum(args.slice(1).map(costOf));
  return {
    steps: over.steps + over.items * each,
    items: over.items,
  };
}

function allow(name: string, names: string[]): void {
  if (names.includes(name)) return;
  throw new CostError(
    name === 'matches'
      ? "'matches' is not offered, because a pattern can take for ever; use startsWith, endsWith, contains or =="
      : `'${name}' is not offered; there are ${[...names, ...MACROS]
          .sort()
          .join(', ')}`,
  );
}
