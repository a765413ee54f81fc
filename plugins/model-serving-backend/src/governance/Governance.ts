import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type {
  AccessDecision,
  AccessProfile,
  Approval,
  ApprovalDetail,
  IssuedKey,
  ModelGovernanceClient,
} from '@modelhub/backstage-plugin-models-common';

/** What an endpoint is asked for. */
export interface Scope {
  /** Entity ref of the model. */
  entityRef: string;
  modelVersion: string;
  profile: string;
  purpose: string;
}

/** What the serving room asks of the governance room. */
export type GovernanceClient = Pick<
  ModelGovernanceClient,
  | 'bindKey'
  | 'checkAccess'
  | 'commandApproval'
  | 'createApproval'
  | 'getApproval'
  | 'issueKey'
  | 'listAccessProfiles'
  | 'listApprovals'
  | 'revokeKey'
  | 'rotateKey'
>;

/** For how long an answer to the same question is passed on. */
const KEPT_MS = 10_000;
const MOST_KEPT = 5_000;

/** Whether another room answered with this status. */
export const hasStatus = (error: unknown, ...statuses: number[]): boolean => {
  const { response, statusCode } = (error ?? {}) as {
    response?: { status?: number };
    statusCode?: number;
  };
  return statuses.includes(response?.status ?? statusCode ?? 0);
};

/** What another room said, without what it is wrapped in. */
export const wordsOf = (error: unknown): string => {
  const { body, message } = (error ?? {}) as {
    body?: { error?: { message?: string } };
    message?: string;
  };
  return body?.error?.message ?? message ?? String(error);
};

/**
 * The governance room: with the credentials of people for what they ask for,
 * with this plugin's own for what becomes of it.
 */
export class Governance {
  static create(options: {
    auth: AuthService;
    client: GovernanceClient;
    /** In ms; goes on whatever is done to the clock. */
    uptimeMs(): number;
  }): Governance {
    return new Governance(options);
  }

  readonly #options: Parameters<typeof Governance.create>[0];
  readonly #kept = new Map<
    string,
    { at: number; decision: Promise<AccessDecision> }
  >();

  private constructor(options: Parameters<typeof Governance.create>[0]) {
    this.#options = options;
  }

  /** Access profiles that the caller is a member of. */
  async profilesOf(
    credentials: BackstageCredentials,
  ): Promise<AccessProfile[]> {
    const { items } = await this.#options.client.listAccessProfiles(
      await this.#as(credentials),
    );
    return items.filter(({ mine }) => mine);
  }

  /** The decision that a gateway would make in the sandbox, for the caller. */
  async check(
    credentials: BackstageCredentials,
    scope: Scope,
  ): Promise<AccessDecision> {
    return this.#options.client.checkAccess(
      { body: { ...scope, tier: 'sandbox' } },
      await this.#as(credentials),
    );
  }

  /** The same for this plugin: some seconds old at most, or of this moment. */
  async checkNow(
    scope: Scope,
    options: { fresh?: boolean } = {},
  ): Promise<AccessDecision> {
    const { entityRef, modelVersion, profile, purpose } = scope;
    const key = JSON.stringify([entityRef, modelVersion, profile, purpose]);
    const now = this.#options.uptimeMs();
    const kept = this.#kept.get(key);
    if (!options.fresh && kept && now - kept.at < KEPT_MS) {
      return kept.decision;
    }
    const decision = this.#own().then(own =>
      this.#options.client.checkAccess(
        {
          body: { entityRef, modelVersion, profile, purpose, tier: 'sandbox' },
        },
        own,
      ),
    );
    this.#kept.delete(key);
    this.#kept.set(key, { at: now, decision });
    decision.catch(() => this.#kept.delete(key));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    return decision;
  }

  /**
   * Files a request for the sandbox as the caller, or goes on with the one that
   * the caller has.
   */
  async requestApproval(
    credentials: BackstageCredentials,
    asked: Scope & { team: string; justification: string; endpoint: string },
  ): Promise<Approval> {
    const { client } = this.#options;
    const { team, endpoint, ...body } = asked;
    try {
      return await client.createApproval(
        {
          idempotencyKey: `${endpoint}-approval`,
          body: {
            ...body,
            tier: 'sandbox',
            requesterGroup: team,
            submit: true,
          },
        },
        await this.#as(credentials),
      );
    } catch (error) {
      if (!hasStatus(error, 409)) throw error;
      const open = await this.#openRequest(credentials, asked);
      if (!open) throw error;
      return open;
    }
  }

  /** The caller's own request of the scope; one that waits for the caller is submitted again. */
  async #openRequest(
    credentials: BackstageCredentials,
    {
      entityRef,
      modelVersion,
      profile,
      purpose,
      endpoint,
    }: Scope & {
      endpoint: string;
    },
  ): Promise<Approval | undefined> {
    const { client } = this.#options;
    const { items } = await client.listApprovals(
      {
        entityRef,
        requester: 'me',
        tier: ['sandbox'],
        state: ['draft', 'checking', 'in-review', 'changes-requested'],
      },
      await this.#as(credentials),
    );
    const open = items.find(
      it =>
        it.modelVersion === modelVersion &&
        it.profile === profile &&
        it.purpose === purpose,
    );
    if (open?.state !== 'draft' && open?.state !== 'changes-requested') {
      return open;
    }
    return client.commandApproval(
      {
        id: open.id,
        idempotencyKey: `${endpoint}-submit`,
        body: { command: 'submit', revision: open.revision },
      },
      await this.#as(credentials),
    );
  }

  async approval(id: string): Promise<ApprovalDetail> {
    return this.#options.client.getApproval({ id }, await this.#own());
  }

  /** A key of the caller that opens nothing until it is bound. */
  async issueKey(
    credentials: BackstageCredentials,
    asked: {
      endpoint: string;
      name: string;
      profile: string;
      purpose: string;
      expiresInHours: number;
    },
  ): Promise<IssuedKey> {
    return this.#options.client.issueKey(
      {
        idempotencyKey: `${asked.endpoint}-key`,
        body: { ...asked, tier: 'sandbox' },
      },
      await this.#as(credentials),
    );
  }

  /** A new secret, absent on a replay; the one before ends at once. */
  async rotateKey(
    credentials: BackstageCredentials,
    id: string,
    idempotencyKey?: string,
  ): Promise<IssuedKey> {
    return this.#options.client.rotateKey(
      { id, body: { overlapHours: 0 }, idempotencyKey },
      await this.#as(credentials),
    );
  }

  async bindKey(
    id: string,
    body: {
      gatewayId: string;
      version: string;
      baseUrl: string;
      model: string;
    },
  ): Promise<void> {
    await this.#options.client.bindKey({ id, body }, await this.#own());
  }

  /** One that is not there is revoked. */
  async revokeKey(id: string): Promise<void> {
    try {
      await this.#options.client.revokeKey(
        { id, idempotencyKey: `${id}-end` },
        await this.#own(),
      );
    } catch (error) {
      if (!hasStatus(error, 404)) throw error;
    }
  }

  async #own() {
    return this.#as(await this.#options.auth.getOwnServiceCredentials());
  }

  async #as(onBehalfOf: BackstageCredentials) {
    return this.#options.auth.getPluginRequestToken({
      onBehalfOf,
      targetPluginId: 'model-governance',
    });
  }
}
