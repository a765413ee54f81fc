import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  AuthenticationError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  isModelEntity,
  modelEvidenceManagePermission,
  modelEvidenceSubmitPermission,
  type CiIdentityInput,
  type EvidenceToken,
  type EvidenceTokenInput,
  type IssuedEvidenceToken,
  type KeyExpiry,
} from '@modelhub/backstage-plugin-models-common';
import {
  evidenceKey,
  formatEvidenceToken,
  keyIdOf,
  sha256Hex,
} from '@modelhub/governance-protocol';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Principal } from '../access';
import { pinFor } from '../approvals/subject';
import type { CiIdentities } from './CiIdentities';
import { takingGates, type EvidenceDeps } from './EvidenceDeps';
import { ownerOf } from './presentSubmission';
import { matchesPattern } from './readEvidenceConfig';
import { recordToken } from './recordToken';
import { presentToken, type TokenRecord } from './TokenStore';

const DAY_MS = 24 * 3600_000;
const CI_LIFE_MS = 15 * 60_000;

/** What a token is about, with who answers for it. */
interface Version {
  entityRef: string;
  modelVersion: string;
  pin: string;
  ownerRef: string;
}

/** Tokens for evidence: each is an Ed25519 key, of which only the public half is kept. */
export class TokenService {
  static create(deps: EvidenceDeps, identities: CiIdentities): TokenService {
    return new TokenService(deps, identities);
  }

  readonly #deps: EvidenceDeps;
  readonly #identities: CiIdentities;

  private constructor(deps: EvidenceDeps, identities: CiIdentities) {
    this.#deps = deps;
    this.#identities = identities;
  }

  async list(
    credentials: BackstageCredentials,
    filter: { entityRef?: string },
  ): Promise<{ items: EvidenceToken[]; expiry: KeyExpiry }> {
    const { guard, tokens, config } = this.#deps;
    const principal = guard.principal(credentials);
    const owners = (await this.managesAll(credentials))
      ? undefined
      : await this.#refsOf(principal);
    const items = await tokens.list({ ...filter, owners });
    const { defaultDays, maxDays } = config;
    return {
      items: items.map(presentToken),
      expiry: { defaultDays, maxDays },
    };
  }

  async issue(
    credentials: BackstageCredentials,
    input: EvidenceTokenInput,
    idempotencyKey?: string,
  ): Promise<IssuedEvidenceToken> {
    const { guard, catalog, config, clock, tokens, idempotency, outbox } =
      this.#deps;
    const principal = guard.principal(credentials);
    const entityRef = this.#ref(input.entityRef, 'entityRef', 'model');
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    if (!entity) {
      throw new NotFoundError(
        `There is no model ${entityRef} in the catalog, or you may not see it.`,
      );
    }
    const version = await this.#version(entityRef, input.modelVersion);
    const problem = await this.mayNotIssue(credentials, version);
    if (problem) throw new NotAllowedError(problem);
    const gates = this.#gates(input.gates);
    const owner = await this.#owner(credentials, principal, input.owner);
    const days = input.expiresInDays ?? config.defaultDays;
    if (days > config.maxDays) {
      throw new InputError(
        `An evidence token lives for ${config.maxDays} days at most, not ${days}. Ask for less, and issue another one before it ends.`,
      );
    }

    let token: string | undefined;
    const issued = await idempotency.run<EvidenceToken>(
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'evidence-token.issue', input },
      },
      async tx => {
        const now = clock.now();
        const seed = randomBytes(32).toString('base64url');
        const { keyId, publicKey } = evidenceKey(seed);
        const record: TokenRecord = {
          id: randomUUID(),
          kind: 'issued',
          name: input.name,
          hint: seed.slice(-4),
          keyId,
          publicKey,
          entityRef,
          modelVersion: version.modelVersion,
          pin: version.pin,
          gates,
          owner,
          issuedBy: principal.ref,
          createdAt: now.toISOString(),
          expiresAt: new Date(now.getTime() + days * DAY_MS).toISOString(),
        };
        await tokens.add(tx, record);
        await recordToken(this.#deps, tx, 'evidence-token.issued', record, {
          actor: principal.actor,
        });
        token = formatEvidenceToken({
          url: config.url,
          id: record.id,
          entityRef,
          modelVersion: record.modelVersion,
          pin: record.pin,
          gates,
          expiresAt: record.expiresAt,
          seed,
        });
        return presentToken(record);
      },
    );
    outbox.wake();
    // A replay did not make one.
    return { ...issued, ...(token && { token }) };
  }

  async revoke(
    credentials: BackstageCredentials,
    id: string,
    idempotencyKey?: string,
  ): Promise<EvidenceToken> {
    const { guard, tokens, idempotency, clock, outbox } = this.#deps;
    const principal = guard.principal(credentials);
    const seen = await tokens.get(id);
    const mine =
      seen && (await this.isOneOf(principal, [seen.owner, seen.issuedBy]));
    if (!seen || !(mine || (await this.managesAll(credentials)))) {
      throw new NotFoundError(`You have no evidence token ${id}.`);
    }
    const revoked = await idempotency.run<EvidenceToken>(
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'evidence-token.revoke', id },
      },
      async tx => {
        const at = clock.now().toISOString();
        if (await tokens.revoke(tx, id, at)) {
          await recordToken(this.#deps, tx, 'evidence-token.revoked', seen, {
            actor: principal.actor,
          });
        }
        return presentToken((await tokens.get(id, tx))!);
      },
    );
    outbox.wake();
    return revoked;
  }

  /** Leave for a pipeline that its CI system vouches for; each identity token counts for one key. */
  async exchange(input: CiIdentityInput): Promise<EvidenceToken> {
    const { tokens, transactions, clock, outbox } = this.#deps;
    const keyId = this.#keyId(input.publicKey);
    const identity = await this.#identities.verify(input.idToken);
    const entityRef = this.#ref(input.entityRef, 'entityRef', 'model');
    const pipelines = identity.pipelines.filter(({ models }) =>
      models.some(pattern => matchesPattern(pattern, entityRef)),
    );
    if (pipelines.length === 0) {
      throw new NotAllowedError(
        `This pipeline may not submit evidence about ${entityRef}. Ask the team that runs the model hub to add the model to it in modelGovernance.evidence.issuers.`,
      );
    }
    const version = await this.#version(entityRef, input.modelVersion);
    const [signed] = input.idToken.split(/\.(?=[^.]*$)/);
    const now = clock.now();
    const record: TokenRecord = {
      id: randomUUID(),
      kind: 'ci',
      name:
        identity.claims.repository ??
        identity.claims.project_path ??
        identity.claims.sub ??
        identity.issuer,
      hint: '',
      keyId,
      publicKey: input.publicKey,
      entityRef,
      modelVersion: version.modelVersion,
      pin: version.pin,
      gates: this.#gates([...new Set(pipelines.flatMap(({ gates }) => gates))]),
      owner: pipelines[0].owner,
      issuedBy: pipelines[0].owner,
      identity: identity.claims,
      identityHash: sha256Hex(signed),
      createdAt: now.toISOString(),
      expiresAt: new Date(
        Math.min(now.getTime() + CI_LIFE_MS, Date.parse(identity.expiresAt)),
      ).toISOString(),
    };
    const added = await transactions.run(async tx => {
      if (!(await tokens.add(tx, record))) return false;
      await recordToken(this.#deps, tx, 'evidence-token.exchanged', record, {
        actor: { kind: 'service', name: `ci:${record.name}` },
      });
      return true;
    });
    outbox.wake();
    if (added) return presentToken(record);
    const before = await tokens.byKeyId(keyId);
    if (
      before?.identityHash === undefined ||
      before.identityHash !== record.identityHash ||
      before.entityRef !== entityRef ||
      before.modelVersion !== version.modelVersion
    ) {
      throw new AuthenticationError(
        'This identity token or this key was shown before. Ask the CI system for a new token, and make a new key.',
      );
    }
    return presentToken(before);
  }

  async managesAll(credentials: BackstageCredentials): Promise<boolean> {
    return this.#deps.guard.may(credentials, modelEvidenceManagePermission);
  }

  /** Whether one of the refs is the caller or a group of theirs. */
  async isOneOf(principal: Principal, refs: string[]): Promise<boolean> {
    const mine = await this.#refsOf(principal);
    return refs.some(ref => mine.includes(ref));
  }

  /** Why the caller issues no token for a version; nothing when they may. */
  async mayNotIssue(
    credentials: BackstageCredentials,
    version: Pick<Version, 'entityRef' | 'modelVersion' | 'ownerRef'>,
  ): Promise<string | undefined> {
    const { guard, approvals } = this.#deps;
    if (await this.managesAll(credentials)) return undefined;
    const principal = guard.principal(credentials);
    if (!(await guard.may(credentials, modelEvidenceSubmitPermission))) {
      return `This needs permission ${modelEvidenceSubmitPermission.name}. Ask the team that runs the model hub.`;
    }
    const { ownerRef, entityRef, modelVersion } = version;
    if (await this.isOneOf(principal, [ownerRef])) return undefined;
    if (
      principal.kind === 'user' &&
      (await approvals.hasRequest(principal.ref, entityRef, modelVersion))
    ) {
      return undefined;
    }
    return `Tokens for ${entityRef} are issued by ${ownerRef}, who owns it, and by those who asked for version ${modelVersion}. Ask one of them.`;
  }

  async #refsOf(principal: Principal): Promise<string[]> {
    return principal.kind === 'user'
      ? [
          principal.ref,
          ...(await this.#deps.organisation.groupsOf(principal.ref)),
        ]
      : [principal.ref];
  }

  async #version(entityRef: string, name: string): Promise<Version> {
    const entity = await this.#deps.organisation.model(entityRef);
    if (!entity || !isModelEntity(entity)) {
      throw new NotFoundError(`There is no model ${entityRef} in the catalog.`);
    }
    const versions = entity.spec.versions ?? [];
    const version = versions.find(one => one.name === name);
    const pin = pinFor(version, 'sandbox');
    if (!pin) {
      throw new InputError(
        `${entityRef} has no version '${name}'. It has: ${
          versions.map(one => one.name).join(', ') || 'none; add spec.versions'
        }.`,
      );
    }
    return {
      entityRef,
      modelVersion: name,
      pin,
      ownerRef: ownerOf(entity.spec.owner),
    };
  }

  #gates(wanted: string[]): string[] {
    const taking = takingGates(this.#deps.registry);
    const unknown = wanted.filter(id => !taking.has(id));
    if (unknown.length > 0) {
      throw new InputError(
        `${unknown.map(id => `'${id}'`).join(', ')} ${
          unknown.length === 1 ? 'takes' : 'take'
        } no evidence from outside. These checks do: ${
          [...taking.keys()].join(', ') || 'none of those installed'
        }.`,
      );
    }
    return [...new Set(wanted)].sort();
  }

  async #owner(
    credentials: BackstageCredentials,
    principal: Principal,
    wanted?: string,
  ): Promise<string> {
    if (wanted === undefined) return principal.ref;
    const owner = this.#ref(wanted, 'owner', 'group');
    if (await this.isOneOf(principal, [owner])) return owner;
    if (
      (await this.managesAll(credentials)) &&
      (await this.#deps.organisation.exists(owner))
    ) {
      return owner;
    }
    throw new InputError(
      `owner '${owner}' is not you and not a group of yours. Leave it out, or name a group that you belong to.`,
    );
  }

  #ref(text: string, field: string, defaultKind: string): string {
    try {
      return stringifyEntityRef(
        parseEntityRef(text, { defaultKind, defaultNamespace: 'default' }),
      );
    } catch {
      throw new InputError(
        `${field} '${text}' is not an entity reference such as model:meta/llama-3.3-70b.`,
      );
    }
  }

  #keyId(publicKey: string): string {
    try {
      return keyIdOf(publicKey);
    } catch (error) {
      throw new InputError(`publicKey: ${(error as Error).message}.`);
    }
  }
}
