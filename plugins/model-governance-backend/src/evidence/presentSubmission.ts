import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { EvidenceSubmission } from '@modelhub/backstage-plugin-models-common';
import type { EvidenceStatement } from '@modelhub/governance-protocol';
import type { SubmissionRecord } from './SubmissionStore';
import type { TokenRecord } from './TokenStore';

/** Evidence as people see it. */
export function presentSubmission(
  record: SubmissionRecord,
  token: TokenRecord | undefined,
  mayWithdraw: boolean,
): EvidenceSubmission {
  const { withdrawnAt, withdrawnBy, withdrawReason, tokenId } = record;
  return {
    id: record.id,
    digest: record.digest,
    gateId: record.gateId,
    entityRef: record.entityRef,
    modelVersion: record.modelVersion,
    pin: record.pin,
    predicateType: record.predicateType,
    producedAt: record.producedAt,
    submittedAt: record.submittedAt,
    submittedBy: record.submittedBy,
    token: {
      id: tokenId,
      name: token?.name ?? tokenId,
      kind: token?.kind ?? 'issued',
      ...(token?.identity && { identity: token.identity }),
    },
    ...(withdrawnAt && {
      withdrawn: {
        at: withdrawnAt,
        by: withdrawnBy ?? '',
        reason: withdrawReason ?? '',
      },
    }),
    mayWithdraw,
  };
}

/** When it was produced, by its own word: never after it was signed. */
export function producedAt({ predicate, issuedAt }: EvidenceStatement): string {
  const signed = Date.parse(issuedAt);
  const finished =
    typeof predicate.finishedAt === 'string'
      ? Date.parse(predicate.finishedAt)
      : NaN;
  return new Date(finished <= signed ? finished : signed).toISOString();
}

/** An owner as the catalog writes it. */
export const ownerOf = (ref: string) =>
  stringifyEntityRef(
    parseEntityRef(ref, {
      defaultKind: 'Group',
      defaultNamespace: 'default',
    }),
  );
