import type { Tier } from '@modelhub/governance-protocol';
import type { Rhythm } from '../calendar';
import { Random } from '../random';
import type {
  SimulatedComponent,
  SimulatedKey,
  SimulatedPerson,
  SimulatedTeam,
} from './types';
import {
  ABOUT,
  DOMAINS,
  FIRST_NAMES,
  FUNCTIONS,
  LAST_NAMES,
  SERVICES,
  type TeamFunction,
} from './words';

/** Own what everybody uses. */
const PLATFORMS = [
  {
    name: 'model-foundry',
    title: 'Model Foundry',
    description: 'Serves open models for everybody.',
  },
  {
    name: 'provider-desk',
    title: 'Provider Desk',
    description: 'Buys models from providers and watches over what they cost.',
  },
];

/** What a service's calls are for. */
const PURPOSES: Record<
  string,
  { purpose: string; tier: Tier; rhythm: Rhythm }
> = {
  chat: {
    purpose: 'support-answers',
    tier: 'customer-facing',
    rhythm: 'customers',
  },
  'reply-drafts': {
    purpose: 'support-answers',
    tier: 'internal',
    rhythm: 'office',
  },
  'voice-desk': {
    purpose: 'support-answers',
    tier: 'internal',
    rhythm: 'american-office',
  },
  summaries: {
    purpose: 'document-summarisation',
    tier: 'internal',
    rhythm: 'office',
  },
  'feedback-miner': {
    purpose: 'document-summarisation',
    tier: 'internal',
    rhythm: 'nightly',
  },
  'document-intake': {
    purpose: 'fraud-notes',
    tier: 'regulated',
    rhythm: 'office',
  },
  router: { purpose: 'support-answers', tier: 'internal', rhythm: 'steady' },
  'archive-indexer': {
    purpose: 'document-summarisation',
    tier: 'internal',
    rhythm: 'nightly',
  },
  'text-review': {
    purpose: 'document-summarisation',
    tier: 'internal',
    rhythm: 'office',
  },
  'code-review': {
    purpose: 'document-summarisation',
    tier: 'internal',
    rhythm: 'office',
  },
  lab: { purpose: 'experimentation', tier: 'sandbox', rhythm: 'office' },
  benchmarks: {
    purpose: 'experimentation',
    tier: 'sandbox',
    rhythm: 'nightly',
  },
  search: {
    purpose: 'product-search',
    tier: 'customer-facing',
    rhythm: 'customers',
  },
  recommendations: {
    purpose: 'product-search',
    tier: 'customer-facing',
    rhythm: 'customers',
  },
  help: {
    purpose: 'support-answers',
    tier: 'customer-facing',
    rhythm: 'customers',
  },
};

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** Everybody has another name. */
class People {
  readonly #random: Random;
  readonly #taken = new Set<string>();

  constructor(seed: string) {
    this.#random = Random.of(seed, 'people');
  }

  team(): SimulatedPerson[] {
    return Array.from({ length: 3 + this.#random.below(4) }, (_, n) =>
      this.#person(n === 0),
    );
  }

  #person(isLead: boolean): SimulatedPerson {
    for (let again = 0; ; again++) {
      const displayName = `${this.#random.pick(
        FIRST_NAMES,
      )} ${this.#random.pick(LAST_NAMES)}`;
      const name =
        slug(displayName).replace('-', '.') + (again > 50 ? again : '');
      if (!this.#taken.has(name)) {
        this.#taken.add(name);
        return { ref: `user:default/${name}`, name, displayName, isLead };
      }
    }
  }
}

const keyOf = (
  team: string,
  name: string,
  fields: Pick<SimulatedKey, 'owner' | 'purpose' | 'tier' | 'rhythm'>,
): SimulatedKey => ({
  id: `${team}-${name}`,
  name: `${team} ${name}`,
  profile: team,
  ...fields,
});

function componentsOf(
  team: string,
  title: string,
  kind: TeamFunction,
  random: Random,
): Array<SimulatedComponent & { service: string }> {
  const services = SERVICES[kind];
  const count = 1 + random.below(services.length);
  return services.slice(0, count).map(({ name, about }) => ({
    ref: `component:default/${team}-${name}`,
    name: `${team}-${name}`,
    title: `${title} ${name.replace('-', ' ')}`,
    description: about,
    service: name,
  }));
}

/** Names of teams by domain and kind of work, each once. */
function namesOf(random: Random, count: number) {
  const all = random.shuffled(
    DOMAINS.flatMap(domain => FUNCTIONS.map(kind => ({ domain, kind }))),
  );
  return Array.from({ length: count }, (_, n) => {
    const { domain, kind } = all[n % all.length];
    const round = Math.floor(n / all.length);
    const title = `${domain} ${kind}${round > 0 ? ` ${round + 1}` : ''}`;
    return { name: slug(title), title, kind };
  });
}

/** Two platform teams, and others that build with models. */
export function makeTeams(options: {
  seed: string;
  teams: number;
  days: number;
}): SimulatedTeam[] {
  const { seed, days } = options;
  const random = Random.of(seed, 'teams');
  const people = new People(seed);
  const platforms = PLATFORMS.map(
    (it): SimulatedTeam => ({
      ...it,
      ref: `group:default/${it.name}`,
      isPlatform: true,
      people: people.team(),
      components: [],
      keys: [
        keyOf(it.name, 'checks', {
          owner: `group:default/${it.name}`,
          purpose: 'experimentation',
          tier: 'sandbox',
          rhythm: 'steady',
        }),
      ],
      size: 0.3,
      growth: 1.4,
      joinedOn: 0,
      modes: [{ fromDay: 0, mode: 'enforce' }],
    }),
  );
  const others = namesOf(random, options.teams - platforms.length).map(
    ({ name, title, kind }, n): SimulatedTeam => {
      const own = Random.of(seed, 'team', name);
      const components = componentsOf(name, title, kind, own);
      const ref = `group:default/${name}`;
      return {
        ref,
        name,
        title,
        description: ABOUT[kind],
        isPlatform: false,
        people: people.team(),
        components: components.map(({ service, ...it }) => it),
        keys: [
          ...components.map(it =>
            keyOf(name, it.service, { owner: it.ref, ...PURPOSES[it.service] }),
          ),
          keyOf(name, 'team', {
            owner: ref,
            purpose: 'experimentation',
            tier: 'sandbox',
            rhythm: 'office',
          }),
        ],
        size: own.logNormal(1, 0.7),
        growth: own.logNormal(2, 0.4),
        // A few come in the course of the year; the first ones are needed from the start.
        joinedOn: n >= 6 && own.chance(0.3) ? own.below(days * 0.8) : 0,
        modes: [{ fromDay: 0, mode: 'enforce' }],
      };
    },
  );
  return [...platforms, ...others];
}
