import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { ReadSide } from './startReadSide';

/** Milliseconds. */
export type Timing = { p50: number; p95: number; p99: number };

const EVERYTHING: PolicyDecision = { result: AuthorizeResult.ALLOW };
const OWN_TEAMS: PolicyDecision = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: {
    allOf: [
      {
        rule: 'IS_ENTITY_KIND',
        resourceType: 'catalog-entity',
        params: { kinds: ['Model'] },
      },
      {
        rule: 'IS_ENTITY_OWNER',
        resourceType: 'catalog-entity',
        params: {
          claims: [1, 2, 3, 4, 5, 6, 7, 8].map(n => `group:default/team-${n}`),
        },
      },
    ],
  },
};

/** What people do on the page, each with facets unless it is a further page. */
export const QUESTIONS: Array<{
  name: string;
  query: string;
  decision?: PolicyDecision;
}> = [
  { name: 'first page', query: 'facets=true' },
  { name: 'one word', query: 'facets=true&q=summar' },
  { name: 'three words', query: 'facets=true&q=long doc mistral' },
  { name: 'one facet', query: 'facets=true&task=summarization' },
  {
    name: 'three facets, two ranges',
    query:
      'facets=true&task=summarization&task=translation&type=llm&language=de&maxGpuMemoryGiB=80&minContextTokens=32768&sort=parameters',
  },
  { name: 'own teams only', query: 'facets=true', decision: OWN_TEAMS },
  {
    name: 'own teams, word and facet',
    query: 'facets=true&q=chat&lifecycle=active',
    decision: OWN_TEAMS,
  },
  { name: 'page of 100 by context', query: 'sort=context&limit=100' },
  { name: 'four stars and more', query: 'facets=true&minRating=4&sort=rating' },
];

async function ask(url: string): Promise<number> {
  const started = performance.now();
  const response = await fetch(url);
  const body = await response.json();
  if (!response.ok || body.totalItems === 0) {
    throw new Error(`${url} gave ${response.status}: ${JSON.stringify(body)}`);
  }
  return performance.now() - started;
}

function timing(samples: number[]): Timing {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** Asks each question some times, one after the other, after a warm-up. */
export async function measure(
  side: ReadSide,
  rounds: number,
): Promise<{ questions: Map<string, Timing>; overall: Timing }> {
  const samples = new Map(QUESTIONS.map(({ name }) => [name, [] as number[]]));
  for (let round = -5; round < rounds; round++) {
    for (const { name, query, decision } of QUESTIONS) {
      side.decide(decision ?? EVERYTHING);
      const took = await ask(`${side.url}?${query.replace(/ /g, '%20')}`);
      if (round >= 0) {
        samples.get(name)!.push(took);
      }
    }
  }
  return {
    questions: new Map(
      [...samples].map(([name, list]) => [name, timing(list)]),
    ),
    overall: timing([...samples.values()].flat()),
  };
}
