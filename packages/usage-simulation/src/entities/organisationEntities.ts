import type { SimulatedTeam } from '../organisation';
import type { YearPlan } from '../plan';
import type { CatalogEntity } from './types';

const API_VERSION = 'backstage.io/v1alpha1';

/** Groups with their leads, people, and services with the models that they call. */
export function organisationEntities(
  teams: SimulatedTeam[],
  plan: YearPlan,
  parent: string | undefined,
): CatalogEntity[] {
  const used = new Map<string, Set<string>>();
  for (const { key, model, kind } of plan.streams) {
    if (kind !== 'refused') {
      const models = used.get(key.owner) ?? new Set();
      used.set(key.owner, models.add(model.ref));
    }
  }
  return teams.flatMap(team => [
    {
      apiVersion: API_VERSION,
      kind: 'Group',
      metadata: {
        name: team.name,
        description: team.description,
        annotations: {
          'modelhub.dev/lead':
            team.people.find(it => it.isLead)?.ref ?? team.people[0].ref,
        },
      },
      spec: {
        type: 'team',
        profile: {
          displayName: team.title,
          email: `${team.name}@example.com`,
        },
        ...(parent !== undefined && { parent }),
        children: [],
        members: team.people.map(it => it.ref),
      },
    },
    ...team.people.map(({ name, displayName }) => ({
      apiVersion: API_VERSION,
      kind: 'User',
      metadata: { name },
      spec: {
        profile: { displayName, email: `${name}@example.com` },
        memberOf: [team.ref],
      },
    })),
    ...team.components.map(({ ref, name, title, description }) => ({
      apiVersion: API_VERSION,
      kind: 'Component',
      metadata: { name, title, description },
      spec: {
        type: 'service',
        lifecycle: 'production',
        owner: team.ref,
        consumesModels: [...(used.get(ref) ?? [])].sort(),
      },
    })),
  ]);
}
