/**
 * What is hidden in the year. Days count from 0, the first one; models are
 * gateway ids, teams entity refs, moments milliseconds since 1970.
 *
 * @public
 */
export interface YearStory {
  /** Calls of this model change from a day on: they are longer, in other languages and about other things. */
  drift: { model: string; fromDay: number };
  /** This version takes longer to answer than the one before it. */
  slower: { model: string; version: string; fromDay: number; factor: number };
  /** Teams leave a deprecated model for its successor; one of them does not. */
  migration: {
    from: string;
    to: string;
    deprecatedOn: number;
    fromDay: number;
    toDay: number;
    straggler: string;
  };
  /** Three teams fine-tuned one base for one task. */
  duplicates: { base: string; task: string; models: string[]; teams: string[] };
  /** Models of a provider answer late or with errors for some hours. */
  outage: { provider: string; models: string[]; from: number; to: number };
  /** The gateway itself had no snapshot for some minutes: no model is to blame. */
  gatewayOutage: { from: number; to: number };
  /** Errors of this model become more and more from a day on. */
  creepingErrors: { model: string; fromDay: number };
  /** Approved, and never called. */
  idle: string[];
  /** Nobody calls it any more from this day on; its owner did not notice. */
  abandoned: { model: string; fromDay: number };
  /** Came late in the year, and everybody takes it. */
  launch: { model: string; fromDay: number };
  /** Loses half of its calls in so many days. */
  decline: { model: string; fromDay: number; halfLifeDays: number };
  /** Neither grows nor falls, apart from weekdays and chance. */
  steady: { model: string };
  /** A team's script calls a model that is not approved for it, again and again. */
  refused: { team: string; model: string; fromDay: number };
  /** A profile that was observed, then warned, and enforced in the end. */
  adoption: { team: string; warnFromDay: number; enforceFromDay: number };
  /** A profile that is still only observed, and calls what is not approved. */
  observed: { team: string; model: string };
  /** Teams that spend more than their budgets. */
  overBudget: string[];
}
