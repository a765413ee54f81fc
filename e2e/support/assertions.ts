import { expect } from '@playwright/test';
import type { StepUpEvidence } from '@modelhub/governance-protocol';
import { createRequire } from 'node:module';
import type { Api } from './api';

// In this repository the package is CommonJS in TypeScript, which has no named
// exports for a module that is imported.
const { verifyStepUpEvidence } = createRequire(import.meta.url)(
  '@modelhub/governance-protocol',
) as typeof import('@modelhub/governance-protocol');

/** What the tests read of an event of the ledger. */
export interface LedgerEvent {
  type: string;
  subject: string;
  payload: {
    role?: string;
    revision?: number;
    stepUp?: StepUpEvidence;
    publicKey?: string;
  };
}

/** The whole ledger, as it is exported. */
export async function ledgerOf(api: Api): Promise<LedgerEvent[]> {
  const lines = await api.text('model-governance/ledger/export');
  return lines
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as LedgerEvent);
}

/** That the signature holds for this person and decision, and for no other. */
export function expectSigned(
  event: LedgerEvent,
  by: { user: string; role: string; id: string },
): void {
  const evidence = event.payload.stepUp!;
  const userRef = `user:default/${by.user}`;
  const payload = {
    id: by.id,
    command: 'approve',
    role: by.role,
    revision: event.payload.revision! - 1,
  };
  expect(verifyStepUpEvidence(evidence, { userRef, payload })).toEqual({
    ok: true,
  });
  expect(
    verifyStepUpEvidence(evidence, {
      userRef,
      payload: { ...payload, command: 'reject' },
    }),
  ).toMatchObject({ ok: false });
  expect(
    verifyStepUpEvidence(evidence, { userRef: 'user:default/dana', payload }),
  ).toMatchObject({ ok: false });
}
