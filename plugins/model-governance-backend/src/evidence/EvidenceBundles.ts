import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  EVIDENCE_BUNDLE_FORMAT,
  signBundle,
  type BundledSubmission,
  type EvidenceBundle,
  type LedgerEvent,
} from '@modelhub/governance-protocol';
import type { Caller } from '../approvals/Caller';
import type { ApprovalRecord } from '../approvals/records';
import type { LedgerQuery } from '../ledger/LedgerStore';
import type { EvidenceDeps } from './EvidenceDeps';

/** Reading takes more than one question, and people go on meanwhile. */
const MAX_ATTEMPTS = 3;

/** All evidence of an approval as one signed document. */
export class EvidenceBundles {
  static create(
    deps: EvidenceDeps,
    callerOf: (credentials: BackstageCredentials) => Caller,
  ): EvidenceBundles {
    return new EvidenceBundles(deps, callerOf);
  }

  readonly #deps: EvidenceDeps;
  readonly #callerOf: (credentials: BackstageCredentials) => Caller;

  private constructor(
    deps: EvidenceDeps,
    callerOf: (credentials: BackstageCredentials) => Caller,
  ) {
    this.#deps = deps;
    this.#callerOf = callerOf;
  }

  /** For those who may read the approval. Throws `NotFoundError`. */
  async ofApproval(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<EvidenceBundle> {
    const { approvals, keys } = this.#deps;
    const caller = this.#callerOf(credentials);
    const key = await keys.active('statement');
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const approval = await approvals.readable(id, caller);
      const contents = await this.#contents(approval);
      const { revision } = await approvals.readable(id, caller);
      if (revision === approval.revision) {
        const offered = (await keys.publicKeys()).filter(({ use }) =>
          ['ledger', 'statement'].includes(use),
        );
        return signBundle(
          contents,
          offered.map(({ keyId, use, publicKey }) => ({
            keyId,
            use,
            publicKey,
          })),
          key.privateKey,
        );
      }
    }
    throw new ConflictError(
      'The approval changes too fast to be bundled. Ask again in a moment.',
    );
  }

  async #contents(approval: ApprovalRecord) {
    const { gates, ledger, clock } = this.#deps;
    const bundled = await gates.bundled(approval.id);
    const submissions = await this.#submissions(approval);
    const subjects = [
      ...bundled.flatMap(({ evidence }) => (evidence ? [evidence.id] : [])),
      ...submissions.map(({ id }) => id),
    ].map(id => `evidence:${id}`);
    const events = new Map<number, LedgerEvent>();
    for (const query of [
      { approvalId: approval.id },
      ...subjects.map(subject => ({ subject })),
    ]) {
      for await (const event of this.#events(query)) {
        events.set(event.seq, event);
      }
    }
    await ledger.checkpoint();
    const [newest] = (await ledger.checkpoints()).sort((a, b) => b.seq - a.seq);
    return {
      format: EVIDENCE_BUNDLE_FORMAT,
      createdAt: clock.now().toISOString(),
      approval: {
        id: approval.id,
        state: approval.state,
        entityRef: approval.entityRef,
        gatewayId: approval.gatewayId,
        modelVersion: approval.modelVersion,
        pin: approval.pin ?? `unpinned:${approval.modelVersion}`,
        decisionFactsHash: approval.decisionFactsHash ?? 'none',
        tier: approval.tier,
        purpose: approval.purpose,
        profile: approval.profile,
        policyVersion: approval.policyVersion ?? 'none',
        evidenceIds: approval.evidenceIds,
      },
      gates: bundled,
      submissions,
      ledger: {
        events: [...events.values()].sort((a, b) => a.seq - b.seq),
        checkpoints: newest ? [newest] : [],
      },
    } as const;
  }

  async #submissions(approval: ApprovalRecord): Promise<BundledSubmission[]> {
    const { submissions, tokens } = this.#deps;
    if (!approval.pin) return [];
    const records = await submissions.ofVersion({
      entityRef: approval.entityRef,
      pin: approval.pin,
    });
    const byId = await tokens.byIds([
      ...new Set(records.map(({ tokenId }) => tokenId)),
    ]);
    const asked = approval.policyDecision?.gates.map(({ id }) => id) ?? [];
    return records
      .filter(({ gateId }) => asked.includes(gateId))
      .map(record => ({
        id: record.id,
        gateId: record.gateId,
        submittedAt: record.submittedAt,
        submittedBy: record.submittedBy,
        publicKey: byId.get(record.tokenId)?.publicKey ?? '',
        digest: record.digest,
        envelope: record.envelope,
        ...(record.withdrawnAt && {
          withdrawn: {
            at: record.withdrawnAt,
            reason: record.withdrawReason ?? '',
          },
        }),
      }));
  }

  /** As they stand in the chain, without what lies beside it. */
  async *#events(query: LedgerQuery): AsyncGenerator<LedgerEvent> {
    for (let cursor: string | undefined; ; ) {
      const page: Awaited<ReturnType<EvidenceDeps['ledger']['query']>> =
        await this.#deps.ledger.query({
          ...query,
          order: 'oldest',
          limit: 200,
          cursor,
        });
      for (const it of page.items) {
        const { seq, at, actor, subject, type, payload, prevHash, hash } = it;
        yield { seq, at, actor, subject, type, payload, prevHash, hash };
      }
      cursor = page.nextCursor;
      if (!cursor) return;
    }
  }
}
