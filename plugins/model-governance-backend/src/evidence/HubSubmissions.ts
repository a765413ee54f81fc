import type { EvidenceReceipt } from '@modelhub/backstage-plugin-models-common';
import {
  dsseDigest,
  evidenceKey,
  MAX_EVIDENCE_BYTES,
  signEvidence,
  type EvidenceStatement,
} from '@modelhub/governance-protocol';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { OwnRun } from '../evaluations/results/FiledResults';
import type { EvidenceDeps } from './EvidenceDeps';
import { keepEvidence } from './keepEvidence';
import { recordToken } from './recordToken';
import { demandScope, demandValid } from './submissionRules';
import type { TokenRecord } from './TokenStore';

/** In whose name the hub submits what it measured itself. */
export const HUB_REF = 'service:model-governance';

/** What the hub states to checks about a version. */
export interface HubStatement
  extends Pick<
    EvidenceStatement,
    'entityRef' | 'modelVersion' | 'pin' | 'predicateType' | 'predicate'
  > {
  gates: string[];
  /** For people: what made it. */
  name: string;
  run: OwnRun;
}

/**
 * What the hub measured itself goes the way of all evidence: signed, for a
 * version and a gate. Each run has a key of its own, of which the private half
 * is thrown away when it has signed.
 */
export class HubSubmissions {
  static create(deps: EvidenceDeps): HubSubmissions {
    return new HubSubmissions(deps);
  }

  readonly #deps: EvidenceDeps;

  private constructor(deps: EvidenceDeps) {
    this.#deps = deps;
  }

  /** Whether an envelope with it is one that gates take. */
  fits(predicate: Record<string, unknown>): boolean {
    // The payload is in base 64, beside a few hundred bytes.
    const bytes = Buffer.byteLength(JSON.stringify(predicate));
    return Math.ceil(bytes / 3) * 4 + 8192 <= MAX_EVIDENCE_BYTES;
  }

  /** Those of the gates that are installed and take it. */
  taking(gates: string[], predicateType: string): string[] {
    const { registry } = this.#deps;
    return [...new Set(gates)].filter(id =>
      Object.hasOwn(registry.get(id)?.evidenceTypes ?? {}, predicateType),
    );
  }

  /** In the caller's transaction. Throws `InputError` for what a gate refuses. */
  async submit(
    tx: Knex.Transaction,
    it: HubStatement,
  ): Promise<EvidenceReceipt[]> {
    if (it.gates.length === 0) return [];
    const { clock, tokens, registry } = this.#deps;
    const now = clock.now().toISOString();
    const { entityRef, modelVersion, pin, predicateType, predicate } = it;
    const { keyId, publicKey, privateKey } = evidenceKey(
      randomBytes(32).toString('base64url'),
    );
    const token: TokenRecord = {
      id: randomUUID(),
      kind: 'hub',
      name: it.name.slice(0, 200),
      hint: '',
      keyId,
      publicKey,
      entityRef,
      modelVersion,
      pin,
      gates: it.gates,
      owner: HUB_REF,
      issuedBy: it.run.startedBy ?? HUB_REF,
      createdAt: now,
      // It signs now and never again.
      expiresAt: now,
    };
    const signed = it.gates.map(gate => {
      const statement: EvidenceStatement = {
        entityRef,
        modelVersion,
        pin,
        gate,
        nonce: randomUUID(),
        issuedAt: now,
        predicateType,
        predicate,
      };
      demandScope(token, statement);
      demandValid(registry.get(gate), statement);
      const envelope = signEvidence(statement, privateKey);
      return { statement, envelope, digest: dsseDigest(envelope) };
    });
    await tokens.add(tx, token);
    const receipts: EvidenceReceipt[] = [];
    for (const { statement, envelope, digest } of signed) {
      receipts.push(
        await keepEvidence(
          this.#deps,
          tx,
          token,
          statement,
          { envelope, digest },
          it.run,
        ),
      );
    }
    await recordToken(this.#deps, tx, 'evidence-token.issued', token, {
      actor: { kind: 'service', name: HUB_REF.slice('service:'.length) },
    });
    return receipts;
  }
}
