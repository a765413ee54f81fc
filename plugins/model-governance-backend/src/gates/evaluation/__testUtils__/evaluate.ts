import type { JsonObject } from '@backstage/types';
import type { EvaluationEvidence } from '@modelhub/backstage-plugin-models-common';
import type {
  GateIncumbent,
  GateSubject,
  SubmittedEvidence,
} from '@modelhub/backstage-plugin-models-node';
import { gateSubject } from '../../__testUtils__/gateSubject';
import { packOptions } from '../../__testUtils__/packOptions';
import { pack, packContext } from '../../evaluationPack/__testUtils__/results';
import { evaluationGate } from '../evaluationGate';

export const tickets = pack();

/** What the gate says of results of the pack `tickets`, unless told otherwise. */
export async function evaluate(
  options: {
    packs?: Array<ReturnType<typeof pack>>;
    submitted?: SubmittedEvidence[];
    incumbent?: GateIncumbent;
    params?: JsonObject;
    subject?: Partial<GateSubject>;
  } = {},
) {
  const { packs = [tickets], params = {} } = options;
  const outcome = await evaluationGate(packOptions).evaluate(
    gateSubject(options.subject),
    { packs: ['tickets'], ...params },
    packContext({ ...options, packs }),
  );
  return {
    ...outcome,
    ids: outcome.findings.map(({ id }) => id),
    evidence: outcome.evidence as unknown as EvaluationEvidence,
  };
}
