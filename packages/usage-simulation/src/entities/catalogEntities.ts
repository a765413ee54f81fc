import type { SimulatedYear } from '../simulateYear';
import { modelEntities } from './modelEntities';
import { organisationEntities } from './organisationEntities';
import type { CatalogEntity } from './types';

/**
 * What a catalog has to hold for the year: groups, people, services and models.
 *
 * @param options - `parent`: entity ref of the group that all teams belong to
 *
 * @public
 */
export function catalogEntities(
  year: SimulatedYear,
  options: { parent?: string } = {},
): CatalogEntity[] {
  return [
    ...organisationEntities(year.teams, year.plan, options.parent),
    ...modelEntities(year.models, year.calendar),
  ];
}

/** The entities as the text of a catalog file. @public */
export function catalogText(entities: CatalogEntity[]): string {
  // JSON is YAML.
  return entities.map(it => `${JSON.stringify(it)}\n`).join('---\n');
}
