import {
  createExtensionPoint,
  type LoggerService,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type {
  ExpectedUse,
  Finding,
  ModelEntityV1alpha1,
  ModelVersion,
  Purpose,
  Tier,
} from '@modelhub/backstage-plugin-models-common';

/**
 * What a gate judges: one version of one model for one scope, as the catalog
 * describes it at this moment.
 *
 * @public
 */
export interface GateSubject {
  entity: ModelEntityV1alpha1;
  entityRef: string;
  version: ModelVersion;
  /** Artifact digest, or provider model id and snapshot; what results are cached by. */
  pin: string;
  /** SHA-256 over the canonical decision facts. */
  decisionFactsHash: string;
  tier: Tier;
  purpose: Purpose;
  profile: string;
  /** What the requester expects to send in a month; absent where nothing was said. */
  expectedUse?: ExpectedUse;
}

/**
 * `error` is retried, `needs-evidence` waits for somebody; neither ever passes.
 *
 * @public
 */
export type GateVerdict = 'pass' | 'warn' | 'fail' | 'error' | 'needs-evidence';

/**
 * @public
 */
export interface GateOutcome {
  verdict: GateVerdict;
  /** One sentence for people. */
  summary: string;
  findings: Finding[];
  /** What the verdict rests on; kept unchanged. */
  evidence?: JsonObject;
  /** Of an `error`: trying again by itself would not mend it. */
  isFinal?: boolean;
  /** Documents for people and programs to download; kept under their SHA-256. */
  files?: GateFile[];
}

/**
 * A document that a gate leaves as evidence, such as a report or a bill of
 * materials. What is larger than 8 MiB is not kept, and the evidence says so.
 *
 * @public
 */
export interface GateFile {
  /** File name, unique among the files of an outcome: `report.json`. */
  name: string;
  /** For example `application/vnd.cyclonedx+json`. */
  mediaType: string;
  text: string;
}

/**
 * How far a gate has come.
 *
 * @public
 */
export interface GateProgress {
  /** In words: `2 of 7 files, 1.2 GiB`. */
  message: string;
  /** 0 to 1, where it is known. */
  fraction?: number;
}

/**
 * Evidence that came from outside, such as the report of an evaluation that ran
 * in a pipeline. Its token, signature and form were checked when it arrived.
 *
 * @public
 */
export interface SubmittedEvidence {
  id: string;
  /** What the predicate is, in the manner of in-toto: `https://modelhub.dev/evidence/evaluation-run/v1`. */
  predicateType: string;
  predicate: JsonObject;
  /** When it was produced, by the word of who sent it. */
  producedAt: Date;
  submittedAt: Date;
  /** Entity ref of the owner of the token that it came with. */
  submittedBy: string;
  /** `sha256:…` of the signed envelope. */
  digest: string;
  /** Why it says nothing about the model of today; for runs of evaluations. */
  outdatedBecause?: string;
}

/**
 * The version that serves a purpose and an access profile now, or the one that
 * a policy holds others against.
 *
 * @public
 */
export interface GateIncumbent {
  entityRef: string;
  /** Name of the version. */
  version: string;
  pin: string;
  /** Provider-prefixed id that callers use. */
  gatewayId: string;
  /** Why it is the incumbent, in one sentence. */
  because: string;
  /** What was submitted to the same gate for its pin, newest first. */
  submittedEvidence(): Promise<SubmittedEvidence[]>;
}

/**
 * Who makes a gate pass, and how: what a checklist shows before anything ran.
 *
 * @public
 */
export interface GateGuidance {
  /** `itself`: nobody has to do anything; the others owe something first. */
  by: 'itself' | 'owner' | 'requester' | 'pipeline';
  /** What to do, in one or two sentences. */
  howTo: string;
}

/**
 * @public
 */
export interface GateContext {
  logger: LoggerService;
  /** Aborted when the lease ends, or when nobody waits for the answer any more. */
  signal: AbortSignal;
  /** The gate's clock. */
  now: Date;
  /** Read catalog entities with the hub's own credentials. */
  getEntities(refs: string[]): Promise<Map<string, object>>;
  /** What was submitted to this gate for the subject's pin, newest first; what was withdrawn is not in it. */
  submittedEvidence(): Promise<SubmittedEvidence[]>;
  /**
   * What the subject would take the place of, or stand beside: what is approved
   * now for its purpose and profile at its tier or above. Another version of
   * the same model comes first, then a model that the catalog says it
   * supersedes, then `named`, an entity ref that a policy holds models against,
   * which needs no approval.
   */
  incumbent(named?: string): Promise<GateIncumbent | undefined>;
  /** Tells people how far the gate is; as often as one likes. */
  progress(progress: GateProgress): void;
}

/**
 * In which direction a parameter gets stricter. Policies of a lower layer may
 * only go that way: `higher` and `lower` are for numbers, `superset` and
 * `subset` for lists, a list of values goes from the laxest to the strictest.
 * `fields` are the parts of an object, and one without an order may not change;
 * `each` is for all of an object's values, whatever they are named: more of them
 * are stricter.
 *
 * @public
 */
export type ParamOrder =
  | 'higher'
  | 'lower'
  | 'superset'
  | 'subset'
  | Array<string | boolean>
  | { fields: Record<string, ParamOrder> }
  | { each: ParamOrder };

/**
 * An automatic check. Results are cached by pin, gate id, gate version, params
 * and {@link ModelGate.cacheKey}, so raise `version` whenever the answer may
 * change for the same input.
 *
 * @public
 */
export interface ModelGate {
  id: string;
  title: string;
  description?: string;
  version: string;
  /** For checklists; without it the gate is taken to run by itself. */
  guidance?: GateGuidance;
  /**
   * It goes by what the catalog and the hub know, asks nobody outside and is
   * done in a moment. A checklist may then ask it before anything is submitted,
   * and nothing of that answer is kept.
   */
  factsOnly?: boolean;
  /** What may be submitted to it, by predicate type; throws `InputError` when a predicate is not as it has to be. A gate without it takes nothing from outside. */
  evidenceTypes?: Record<string, (predicate: JsonObject) => void>;
  /** Where false the gate is not asked and holds nothing up; it is shown as not applicable, never as passed. */
  appliesTo(subject: GateSubject, params: JsonObject): boolean;
  /** Why it does not apply where it does not, in one sentence. */
  notApplicable?: string;
  /** Throws `InputError` when a policy's parameters are wrong; called when policies load. */
  validateParams?(params: JsonObject): void;
  /** By parameter, which way is stricter; a parameter without an order is fixed by the highest layer that sets it. */
  paramOrder?: Record<string, ParamOrder>;
  /** What else than the pin the answer depends on; by default the decision facts and the scope. */
  cacheKey?(subject: GateSubject): string;
  /** A result is asked for again after this many seconds; by default it holds as long as its key. */
  maxAgeSeconds?: number;
  /** How long one run may take, in seconds; 60 by default. */
  timeoutSeconds?: number;
  /** Runs at once on one replica at most; by default as many as are free. */
  concurrency?: number;
  evaluate(
    subject: GateSubject,
    params: JsonObject,
    context: GateContext,
  ): Promise<GateOutcome>;
}

/**
 * @public
 */
export interface ModelGatesExtensionPoint {
  /** Throws when another gate has the same id. */
  addGate(gate: ModelGate): void;
}

/**
 * Adds gates to the governance backend.
 *
 * @public
 */
export const modelGatesExtensionPoint =
  createExtensionPoint<ModelGatesExtensionPoint>({
    id: 'model-governance.gates',
  });
