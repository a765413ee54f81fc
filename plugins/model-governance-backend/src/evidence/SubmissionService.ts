import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotFoundError,
} from '@backstage/errors';
import type {
  ApprovalEvidence,
  EvidenceReceipt,
  EvidenceSubmission,
} from '@modelhub/backstage-plugin-models-common';
import {
  dsseDigest,
  MAX_EVIDENCE_BYTES,
  readEvidence,
  verifyDsse,
} from '@modelhub/governance-protocol';
import type { Caller } from '../approvals/Caller';
import { takingGates, type EvidenceDeps } from './EvidenceDeps';
import { keepEvidence } from './keepEvidence';
import { ownerOf, presentSubmission } from './presentSubmission';
import {
  demandFresh,
  demandLive,
  demandScope,
  demandValid,
} from './submissionRules';
import type { SubmissionRecord } from './SubmissionStore';
import type { TokenService } from './TokenService';

/** Evidence on its way in, and out again. */
export class SubmissionService {
  static create(
    deps: EvidenceDeps,
    tokens: TokenService,
    callerOf: (credentials: BackstageCredentials) => Caller,
  ): SubmissionService {
    return new SubmissionService(deps, tokens, callerOf);
  }

  readonly #deps: EvidenceDeps;
  readonly #tokens: TokenService;
  readonly #callerOf: (credentials: BackstageCredentials) => Caller;

  private constructor(
    deps: EvidenceDeps,
    tokens: TokenService,
    callerOf: (credentials: BackstageCredentials) => Caller,
  ) {
    this.#deps = deps;
    this.#tokens = tokens;
    this.#callerOf = callerOf;
  }

  /** The signature says who it is; nobody else is asked. */
  async submit(envelope: unknown): Promise<EvidenceReceipt> {
    if (Buffer.byteLength(JSON.stringify(envelope)) > MAX_EVIDENCE_BYTES) {
      throw new InputError(
        `The envelope is larger than ${MAX_EVIDENCE_BYTES} bytes. Submit summaries, and keep samples elsewhere.`,
      );
    }
    const read = readEvidence(envelope);
    if (!read.ok) {
      throw new InputError(`This is no evidence: ${read.message}.`);
    }
    const { statement } = read;
    const { tokens, submissions, transactions, outbox } = this.#deps;
    const token = await tokens.byKeyId(read.keyId);
    // One answer for both: whether a key is known is not told to strangers.
    if (!token || !verifyDsse(read.envelope, token.publicKey)) {
      throw new AuthenticationError(
        'The signature is not that of an evidence token of this hub. Issue a token in the portal, and sign with it.',
      );
    }
    const digest = dsseDigest(read.envelope);
    const first = await submissions.byDigest(digest);
    if (first) return this.#replay(first);
    const { clock, registry } = this.#deps;
    demandLive(token, clock.now());
    demandScope(token, statement);
    demandFresh(statement, clock.now());
    demandValid(registry.get(statement.gate), statement);
    const receipt = await transactions.run(async tx => {
      const now = await tokens.lock(tx, token.id);
      const again = await submissions.byDigest(digest, tx);
      if (again) return this.#replay(again);
      demandLive(now ?? token, clock.now());
      if (await submissions.nonceUsed(token.id, statement.nonce, tx)) {
        throw new ConflictError(
          'Another statement with this nonce was submitted before. Sign a new one, with a nonce of its own.',
        );
      }
      return keepEvidence(this.#deps, tx, token, statement, {
        digest,
        envelope: read.envelope,
      });
    });
    outbox.wake();
    return receipt;
  }

  async withdraw(
    id: string,
    input: { reason: string },
    options: { credentials: BackstageCredentials; idempotencyKey?: string },
  ): Promise<EvidenceSubmission> {
    const { submissions, idempotency, approvals, ledger, clock, outbox } =
      this.#deps;
    const caller = this.#callerOf(options.credentials);
    const record = await submissions.get(id);
    if (!record || !(await this.#mayWithdraw(caller, record))) {
      throw new NotFoundError(
        `There is no evidence ${id} that you may withdraw. Its sender, the owner of the model and those who manage evidence may.`,
      );
    }
    const token = await this.#deps.tokens.get(record.tokenId);
    const answer = await idempotency.run<EvidenceSubmission>(
      {
        caller: caller.ref,
        key: options.idempotencyKey,
        request: { command: 'evidence.withdraw', id, ...input },
      },
      async tx => {
        const at = clock.now().toISOString();
        const { gateId, digest, entityRef, pin, modelVersion } = record;
        const change = {
          type: 'gate.evidence-withdrawn' as const,
          entityRef,
          pin,
          gateId,
          evidenceId: id,
          digest,
          reason: input.reason,
        };
        const withdrawn = await submissions.withdraw(tx, id, {
          at,
          ref: caller.ref,
          reason: input.reason,
        });
        if (!withdrawn) {
          throw new ConflictError(
            'Somebody withdrew this evidence before. Load the page again.',
          );
        }
        await approvals.news.changed(tx, change, caller);
        await ledger.append(tx, [
          {
            actor:
              caller.kind === 'user'
                ? { kind: 'person', ref: caller.ref }
                : { kind: 'service', name: caller.ref },
            subject: `evidence:${id}`,
            type: 'evidence.withdrawn',
            payload: { gateId, digest, pin, modelVersion },
            text: input.reason,
            entityRef,
          },
        ]);
        return presentSubmission(
          (await submissions.get(id, tx))!,
          token,
          false,
        );
      },
    );
    outbox.wake();
    return answer;
  }

  /** For the page of an approval, to those who may read it. */
  async ofApproval(
    approvalId: string,
    credentials: BackstageCredentials,
  ): Promise<ApprovalEvidence> {
    const { approvals, submissions, registry, guard } = this.#deps;
    const caller = this.#callerOf(credentials);
    const approval = await approvals.readable(approvalId, caller);
    const taking = takingGates(registry);
    const gates = (approval.policyDecision?.gates ?? []).flatMap(
      ({ id, required }) => {
        const gate = taking.get(id);
        return gate ? [{ gateId: id, required, ...gate }] : [];
      },
    );
    const items = approval.pin
      ? await submissions.ofVersion({
          entityRef: approval.entityRef,
          pin: approval.pin,
        })
      : [];
    const problem =
      gates.length === 0
        ? 'No check of this request takes evidence from outside.'
        : await this.#tokens.mayNotIssue(credentials, approval);
    const mayAll =
      (await this.#tokens.managesAll(credentials)) ||
      (await this.#tokens.isOneOf(guard.principal(credentials), [
        approval.ownerRef,
      ]));
    return {
      gates,
      items: await this.#present(items, caller, mayAll),
      mayIssue: problem === undefined,
      mayNotIssueBecause: problem,
    };
  }

  #replay(record: SubmissionRecord): EvidenceReceipt {
    return {
      ...(record.answer as unknown as EvidenceReceipt),
      replayed: true,
    };
  }

  async #mayWithdraw(
    caller: Caller,
    record: SubmissionRecord,
  ): Promise<boolean> {
    const { tokens, organisation, guard } = this.#deps;
    if (await this.#tokens.managesAll(caller.credentials)) return true;
    const token = await tokens.get(record.tokenId);
    const model = await organisation.model(record.entityRef);
    return this.#tokens.isOneOf(guard.principal(caller.credentials), [
      record.submittedBy,
      ...(token ? [token.issuedBy] : []),
      ...(model ? [ownerOf(model.spec.owner)] : []),
    ]);
  }

  async #present(
    records: SubmissionRecord[],
    caller: Caller,
    mayAll: boolean,
  ): Promise<EvidenceSubmission[]> {
    const { tokens, guard } = this.#deps;
    const byId = await tokens.byIds([
      ...new Set(records.map(({ tokenId }) => tokenId)),
    ]);
    const principal = guard.principal(caller.credentials);
    return Promise.all(
      records.map(async record => {
        const token = byId.get(record.tokenId);
        const mayWithdraw =
          !record.withdrawnAt &&
          (mayAll ||
            (await this.#tokens.isOneOf(principal, [
              record.submittedBy,
              ...(token ? [token.issuedBy] : []),
            ])));
        return presentSubmission(record, token, mayWithdraw);
      }),
    );
  }
}
