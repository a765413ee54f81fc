import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  modelApprovalReadPermission,
  modelLedgerReadPermission,
} from '@modelhub/backstage-plugin-models-common';
import type {
  LedgerCheckpoint,
  LedgerEvent,
} from '@modelhub/governance-protocol';
import type {
  LedgerQuery,
  LedgerStore,
  LedgerVerification,
} from './LedgerStore';

/** The ledger for those who may read it. */
export class AuthorizedLedgerReader {
  static create(options: {
    ledger: LedgerStore;
    permissions: PermissionsService;
  }): AuthorizedLedgerReader {
    return new AuthorizedLedgerReader(options.ledger, options.permissions);
  }

  readonly #ledger: LedgerStore;
  readonly #permissions: PermissionsService;

  private constructor(ledger: LedgerStore, permissions: PermissionsService) {
    this.#ledger = ledger;
    this.#permissions = permissions;
  }

  async query(credentials: BackstageCredentials, query: LedgerQuery) {
    await this.#demand(credentials, query.entityRef);
    return this.#ledger.query(query);
  }

  /** Every event, oldest first. A whole chain ends in a signed checkpoint. */
  async export(
    credentials: BackstageCredentials,
    options: { entityRef?: string },
  ): Promise<AsyncIterable<LedgerEvent>> {
    await this.#demand(credentials, options.entityRef);
    if (options.entityRef === undefined) await this.#ledger.checkpoint();
    return this.#ledger.stream(options);
  }

  async verify(credentials: BackstageCredentials): Promise<LedgerVerification> {
    await this.#demand(credentials);
    return this.#ledger.verify();
  }

  async checkpoints(
    credentials: BackstageCredentials,
  ): Promise<LedgerCheckpoint[]> {
    await this.#demand(credentials);
    return this.#ledger.checkpoints();
  }

  /** A model's history is also for those who may read every approval. */
  async #demand(
    credentials: BackstageCredentials,
    entityRef?: string,
  ): Promise<void> {
    const [whole] = await this.#permissions.authorize(
      [{ permission: modelLedgerReadPermission }],
      { credentials },
    );
    if (whole.result === AuthorizeResult.ALLOW) return;
    if (entityRef !== undefined) {
      const [approvals] = await this.#permissions.authorizeConditional(
        [{ permission: modelApprovalReadPermission }],
        { credentials },
      );
      if (approvals.result === AuthorizeResult.ALLOW) return;
      throw new NotAllowedError(
        'The history of a model needs permission model.ledger.read, or model.approval.read without conditions.',
      );
    }
    throw new NotAllowedError(
      'The ledger needs permission model.ledger.read. For the history of one model send entityRef.',
    );
  }
}
