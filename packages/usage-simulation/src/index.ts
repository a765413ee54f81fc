/**
 * A made-up year of an organisation that calls models, always the same for a
 * seed: teams, models, calls, and what is hidden in them.
 *
 * @packageDocumentation
 */
export {
  simulateYear,
  YEAR_SIZES,
  type SimulatedYear,
  type YearOptions,
} from './simulateYear';
export type { Calendar, Rhythm } from './calendar';
export { catalogEntities, catalogText, type CatalogEntity } from './entities';
export type { Slice } from './batches';
export type { SimulatedModel, SimulatedTask, SimulatedVersion } from './models';
export type {
  SimulatedComponent,
  SimulatedKey,
  SimulatedPerson,
  SimulatedTeam,
} from './organisation';
export type { SimulatedBudget, Stream, YearPlan } from './plan';
export {
  makeOpinions,
  type Opinions,
  type SimulatedQuestion,
  type SimulatedReview,
  type SimulatedTip,
} from './opinions';
export {
  Portal,
  PortalError,
  runDemoYear,
  sendCalls,
  type Answer,
  type GatewayIdentity,
  type Sent,
} from './load';
export { tally, type TallySums } from './tally';
export type { YearStory } from './story';
