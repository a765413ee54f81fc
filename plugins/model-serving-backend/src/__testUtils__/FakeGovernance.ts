import type {
  AccessDecision,
  ApprovalDetail,
  GatewayKey,
  IssuedKey,
} from '@modelhub/backstage-plugin-models-common';
import type { GovernanceClient } from '../governance';

/** An error as a client of another room throws it. */
export const answered = (status: number, message: string): Error =>
  Object.assign(new Error(`Request failed with ${status}`), {
    name: 'ResponseError',
    response: { status },
    body: { error: { message } },
  });

interface Key extends GatewayKey {
  secret: string;
  boundTo?: { gatewayId: string; version: string; baseUrl: string };
}

/** Who a token of the test's mock authentication stands for. */
const callerOf = (token: string | undefined) =>
  /"(user:[^"]+)"/.exec(String(token))?.[1];

const profiles = [
  {
    id: 'checkout',
    title: 'Checkout',
    members: ['group:default/checkout'],
    users: ['user:default/dana', 'user:default/carl'],
  },
  {
    id: 'search',
    title: 'Search',
    members: ['group:default/search'],
    users: ['user:default/olga'],
  },
];

/** The governance room of the test. */
export class FakeGovernance implements GovernanceClient {
  /** What `checkAccess` answers for an entity ref; allowed without. */
  readonly refusals = new Map<string, { code: string; message: string }>();
  readonly approvals = new Map<string, ApprovalDetail>();
  readonly keys = new Map<string, Key>();
  isAway = false;
  refusesKeys = false;
  /** Who filed what. */
  readonly filed: Array<{ by: string | undefined; justification: string }> = [];

  readonly checkAccess: GovernanceClient['checkAccess'] = async ({ body }) => {
    this.#there();
    const refusal = this.refusals.get(body.entityRef ?? '');
    const decision: AccessDecision = refusal
      ? { allowed: false, ...refusal }
      : { allowed: true, message: 'Approved.', approvalId: 'approval-0' };
    return decision;
  };

  readonly listAccessProfiles: GovernanceClient['listAccessProfiles'] =
    async options => {
      this.#there();
      const caller = callerOf(options?.token);
      return {
        items: profiles.map(({ users, ...profile }) => ({
          ...profile,
          enforcement: 'enforce' as const,
          mine: users.includes(caller ?? ''),
        })),
      };
    };

  readonly createApproval: GovernanceClient['createApproval'] = async (
    { body },
    options,
  ) => {
    this.#there();
    const { justification } = body;
    this.filed.push({ by: callerOf(options?.token), justification });
    const open = [...this.approvals.values()].find(
      ({ state, entityRef }) =>
        state === 'checking' && entityRef === body.entityRef,
    );
    if (open) throw answered(409, 'You already asked for exactly this.');
    return this.#add(body);
  };

  readonly listApprovals: GovernanceClient['listApprovals'] = async () => ({
    items: [...this.approvals.values()],
    totalItems: this.approvals.size,
  });

  readonly commandApproval: GovernanceClient['commandApproval'] = async ({
    id,
  }) => this.#approval(id);

  readonly getApproval: GovernanceClient['getApproval'] = async ({ id }) => {
    this.#there();
    return this.#approval(id);
  };

  readonly issueKey: GovernanceClient['issueKey'] = async (
    { body },
    options,
  ) => {
    this.#there();
    if (this.refusesKeys) throw answered(403, 'You may not issue keys.');
    const id = `key-${this.keys.size + 1}`;
    const secret = `mh_${id}`;
    this.keys.set(id, {
      id,
      secret,
      name: body.name,
      profile: body.profile,
      purpose: body.purpose,
      tier: body.tier,
      owner: callerOf(options?.token) ?? '',
      issuedBy: callerOf(options?.token) ?? '',
      createdAt: '2026-11-25T09:00:00.000Z',
      hint: 'abcd',
    });
    return this.keys.get(id) as IssuedKey;
  };

  readonly rotateKey: GovernanceClient['rotateKey'] = async ({ id }) => {
    this.#there();
    const key = this.#key(id);
    key.secret = `${key.secret}+`;
    return { ...key };
  };

  readonly bindKey: GovernanceClient['bindKey'] = async ({ id, body }) => {
    this.#there();
    const key = this.#key(id);
    if (key.revokedAt) throw answered(409, 'The key is revoked.');
    key.boundTo = body;
    return key;
  };

  readonly revokeKey: GovernanceClient['revokeKey'] = async ({ id }) => {
    this.#there();
    const key = this.#key(id);
    key.revokedAt = '2026-11-25T09:00:00.000Z';
    return key;
  };

  /** The checks come to an end. */
  conclude(
    id: string,
    state: ApprovalDetail['state'],
    gates: ApprovalDetail['gates'] = [],
  ): void {
    const approval = this.#approval(id);
    Object.assign(approval, { state, gates });
    if (state === 'approved') this.refusals.delete(approval.entityRef);
  }

  #add(body: {
    entityRef: string;
    modelVersion: string;
    purpose: string;
    profile: string;
    justification: string;
  }): ApprovalDetail {
    const id = `approval-${this.approvals.size + 1}`;
    const approval = {
      ...body,
      id,
      kind: 'standard',
      state: 'checking',
      revision: 1,
      gatewayId: 'acme/model',
      provider: 'acme',
      tier: 'sandbox',
      requester: 'user:default/dana',
      createdAt: '2026-11-25T09:00:00.000Z',
      updatedAt: '2026-11-25T09:00:00.000Z',
      waitingFor: ['gates'],
      demands: {},
      gates: [],
      signOffs: [],
      holds: [],
      commands: [],
    } as unknown as ApprovalDetail;
    this.approvals.set(id, approval);
    return approval;
  }

  #approval(id: string): ApprovalDetail {
    const approval = this.approvals.get(id);
    if (!approval) throw answered(404, `There is no approval ${id}.`);
    return approval;
  }

  #key(id: string): Key {
    const key = this.keys.get(id);
    if (!key) throw answered(404, `There is no key ${id}.`);
    return key;
  }

  #there(): void {
    if (this.isAway) throw answered(503, 'Governance is away.');
  }
}
