import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  modelEvaluationRunPermission,
  modelEvidenceManagePermission,
} from '@modelhub/backstage-plugin-models-common';
import type { Guard } from '../../access';
import { ownerOf } from '../../evidence/presentSubmission';
import type { Organisation } from '../../organisation';
import type { RunRecord } from './RunStore';

/** What a caller may do with a run. */
export interface RunRights {
  mayCancel: boolean;
  mayRetry: boolean;
}

/** Whoever started a run, who owns the model and who manages evidence may stop it. */
export async function runRights(
  deps: { guard: Guard; organisation: Organisation },
  credentials: BackstageCredentials,
): Promise<(run: RunRecord) => Promise<RunRights>> {
  const { guard, organisation } = deps;
  const principal = guard.principal(credentials);
  const [managesAll, mayRun] = await Promise.all([
    guard.may(credentials, modelEvidenceManagePermission),
    guard.may(credentials, modelEvaluationRunPermission),
  ]);
  const mine =
    principal.kind === 'user'
      ? [principal.ref, ...(await organisation.groupsOf(principal.ref))]
      : [principal.ref];
  return async run => {
    const isMine =
      managesAll ||
      run.requestedBy === principal.ref ||
      mine.includes(
        ownerOf((await organisation.model(run.entityRef))?.spec.owner ?? '-'),
      );
    return { mayCancel: isMine, mayRetry: isMine && mayRun };
  };
}
