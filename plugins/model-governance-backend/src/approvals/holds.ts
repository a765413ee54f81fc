import type {
  Hold,
  Refusal,
  TransitionRefusal,
} from '@modelhub/backstage-plugin-models-common';
import type {
  ApprovalHoldRecord,
  ApprovalRecord,
  HoldRecord,
  ModelHoldRecord,
} from './records';

/** Whether a hold on a model reaches a version of it, by its name or by what it is. */
export function covers(
  hold: Pick<ModelHoldRecord, 'entityRef' | 'modelVersion' | 'pin'>,
  scope: Pick<ApprovalRecord, 'entityRef' | 'modelVersion' | 'pin'>,
): boolean {
  return (
    hold.entityRef === scope.entityRef &&
    (hold.modelVersion === undefined ||
      hold.modelVersion === scope.modelVersion ||
      (hold.pin !== undefined && hold.pin === scope.pin))
  );
}

export function isModelHold(
  hold: ApprovalHoldRecord | ModelHoldRecord,
): hold is ModelHoldRecord {
  return 'entityRef' in hold;
}

/** How far a hold on a model reaches. */
export function reachOf(hold: ModelHoldRecord): 'version' | 'model' {
  return hold.modelVersion === undefined ? 'model' : 'version';
}

export function holdBlockers(open: HoldRecord[]): Refusal[] {
  return open.map(({ kind, reason }) => ({
    code: `hold-${kind}`,
    message: reason,
  }));
}

/** A reason as people wrote it, with its full stop. */
export function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** The hold that says what speaks against an approval being live again. */
export function holdFor(code: TransitionRefusal['code']): Hold['kind'] {
  if (code === 'no-owner') return 'ownerless';
  return code === 'gates-not-satisfied' ? 'waiver-ended' : 'subject-changed';
}
