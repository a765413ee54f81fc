import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Clock,
  GateContext,
  GateIncumbent,
  GateProgress,
  GateSubject,
  SubmittedEvidence,
} from '@modelhub/backstage-plugin-models-node';

/** The version that serves a scope now; what was submitted for it is read elsewhere. */
export type Incumbent = Omit<GateIncumbent, 'submittedEvidence'>;

/** What gates may know of the rooms around them. */
export interface GateSources {
  logger: LoggerService;
  clock: Clock;
  /** Read catalog entities with the hub's own credentials. */
  getEntities(refs: string[]): Promise<Map<string, object>>;
  /** What was submitted to a gate for a model's pin, newest first; nothing where nothing can be submitted. */
  submittedEvidence?(
    subject: Pick<GateSubject, 'entityRef' | 'pin'>,
    gateId: string,
  ): Promise<SubmittedEvidence[]>;
  /** What a subject would take the place of; nothing where nobody knows. */
  incumbent?(
    subject: GateSubject,
    named?: string,
  ): Promise<Incumbent | undefined>;
}

/** What a gate is given. */
export function createContext(
  sources: GateSources,
  asked: {
    gateId: string;
    subject: GateSubject;
    signal: AbortSignal;
    progress(progress: GateProgress): void;
  },
): GateContext {
  const { logger, clock } = sources;
  const { gateId, subject, signal, progress } = asked;
  const submitted = async (about: Pick<GateSubject, 'entityRef' | 'pin'>) =>
    (await sources.submittedEvidence?.(about, gateId)) ?? [];
  return {
    logger: logger.child({ gate: gateId, model: subject.entityRef }),
    signal,
    now: clock.now(),
    getEntities: refs => sources.getEntities(refs),
    submittedEvidence: () => submitted(subject),
    incumbent: async named => {
      const found = await sources.incumbent?.(subject, named);
      return found && { ...found, submittedEvidence: () => submitted(found) };
    },
    progress,
  };
}
