import type { JsonObject } from '@backstage/types';
import type { EvidenceReceipt } from '@modelhub/backstage-plugin-models-common';
import type { EvidenceStatement } from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { OwnRun } from '../evaluations/results/FiledResults';
import type { EvidenceDeps } from './EvidenceDeps';
import { producedAt } from './presentSubmission';
import type { SubmissionRecord } from './SubmissionStore';
import type { TokenRecord } from './TokenStore';

/**
 * Keeps evidence that was found right: its row, its event, what it means for
 * requests, and the result of a model that it may be.
 */
export async function keepEvidence(
  deps: EvidenceDeps,
  tx: Knex.Transaction,
  token: TokenRecord,
  statement: EvidenceStatement,
  signed: Pick<SubmissionRecord, 'digest' | 'envelope'>,
  run?: OwnRun,
): Promise<EvidenceReceipt> {
  const { submissions, tokens, approvals, ledger, outbox, clock } = deps;
  const at = clock.now().toISOString();
  const id = randomUUID();
  const { entityRef, modelVersion, pin, gate, predicateType } = statement;
  const about = { entityRef, modelVersion, pin, gateId: gate, predicateType };
  const rechecked = await approvals.news.changed(
    tx,
    {
      ...about,
      type: 'gate.evidence-submitted',
      evidenceId: id,
      digest: signed.digest,
    },
    undefined,
  );
  const receipt: EvidenceReceipt = {
    id,
    digest: signed.digest,
    ...about,
    submittedAt: at,
    rechecked,
    replayed: false,
  };
  await tokens.used(tx, token.id, at);
  const isPerson = token.owner.startsWith('user:');
  const [event] = await ledger.append(tx, [
    {
      actor: { kind: 'service', name: `evidence-token:${token.id}` },
      subject: `evidence:${id}`,
      type: 'evidence.submitted',
      payload: {
        gateId: gate,
        predicateType,
        modelVersion,
        pin,
        digest: signed.digest,
        keyId: token.keyId,
        tokenId: token.id,
        ...(run?.runId && { runId: run.runId }),
        ...(!isPerson && { submittedBy: token.owner }),
      },
      people: {
        ...(isPerson && { submittedBy: token.owner }),
        ...(run?.startedBy && { startedBy: run.startedBy }),
      },
      entityRef,
    },
  ]);
  const record: SubmissionRecord = {
    id,
    seq: event.seq,
    ...signed,
    ...about,
    tokenId: token.id,
    nonce: statement.nonce,
    producedAt: producedAt(statement),
    submittedAt: at,
    submittedBy: token.owner,
    answer: { ...receipt } as unknown as JsonObject,
  };
  await submissions.add(tx, record);
  await deps.results.submitted(tx, record, run);
  await outbox.add(tx, [
    { topic: 'signal', payload: { type: 'evidence.submitted', entityRef } },
  ]);
  return receipt;
}
