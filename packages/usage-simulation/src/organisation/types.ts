import type { EnforcementMode, Tier } from '@modelhub/governance-protocol';
import type { Rhythm } from '../calendar';

/** Somebody of a simulated team. @public */
export interface SimulatedPerson {
  /** Entity ref. */
  ref: string;
  name: string;
  displayName: string;
  isLead: boolean;
}

/** A service of a team that calls models. @public */
export interface SimulatedComponent {
  /** Entity ref. */
  ref: string;
  name: string;
  title: string;
  description: string;
}

/** A gateway key, as records name it. @public */
export interface SimulatedKey {
  id: string;
  name: string;
  /** Entity ref of the group or component that owns it: `team` of records. */
  owner: string;
  /** Id of the access profile. */
  profile: string;
  purpose: string;
  tier: Tier;
  /** When its calls are made. */
  rhythm: Rhythm;
}

/** A team, its people, what calls models for it, and its access profile. @public */
export interface SimulatedTeam {
  /** Entity ref. */
  ref: string;
  /** Also the id of its access profile. */
  name: string;
  title: string;
  description: string;
  /** Platform teams own what everybody uses. */
  isPlatform: boolean;
  people: SimulatedPerson[];
  components: SimulatedComponent[];
  keys: SimulatedKey[];
  /** How much it calls beside other teams. */
  size: number;
  /** How its calls grow over the year: the last day's part of the first one's. */
  growth: number;
  /** The first day on which it called a model; 0 for most. */
  joinedOn: number;
  /** From which day on its profile is in a mode; the first from day 0. */
  modes: Array<{ fromDay: number; mode: EnforcementMode }>;
}
