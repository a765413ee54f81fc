import type { Entity } from '@backstage/catalog-model';
import {
  group,
  model,
  user,
} from '../../plugins/model-governance-backend/src/__testUtils__/catalogEntities';

/** The models of the run: approved throughout, now and then, and never. */
export const MODELS = {
  always: 'acme/always',
  sometimes: ['acme/one', 'acme/two'],
  never: 'acme/never',
} as const;

/** What an answer of the upstream costs, in millionths of a euro. */
export const COST_MICROS = 5 * 1_000 + 3 * 2_000;

export const refOf = (gatewayId: string) => `model:${gatewayId}`;

const priced = (gatewayId: string): Entity => {
  const [namespace, name] = gatewayId.split('/');
  const entity = model(name, {
    gatewayId,
    provider: namespace,
    useCases: {
      intended: ['Drafts of answers'],
      outOfScope: ['Decisions about people'],
    },
    limitations: ['Knows nothing.'],
    languages: ['en'],
    tasks: ['text-generation'],
    modalities: { input: ['text'], output: ['text'] },
    context: { maxTokens: 8192 },
    pricing: { inputPerMTok: 1_000, outputPerMTok: 2_000, currency: 'EUR' },
  });
  return {
    ...entity,
    metadata: { ...entity.metadata, namespace, description: 'A model.' },
  };
};

/** People, teams and models, as the portal's catalog would have them. */
export function catalogEntities(): Entity[] {
  const teams: Record<string, string[]> = {
    'ml-platform': ['priya', 'mel'],
    'customer-care': ['lee', 'dana'],
  };
  return [
    ...Object.entries(teams).map(([name, members]) =>
      group(name, { members, lead: members[0] }),
    ),
    ...Object.entries(teams).flatMap(([name, members]) =>
      members.map(member => user(member, [name])),
    ),
    user('ada', []),
    ...[MODELS.always, ...MODELS.sometimes, MODELS.never].map(priced),
  ];
}
