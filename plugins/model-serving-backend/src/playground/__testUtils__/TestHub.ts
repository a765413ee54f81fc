import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type {
  AttachedEvaluations,
  Grant,
  IssuedKey,
  ModelEvaluation,
} from '@modelhub/backstage-plugin-models-common';
import {
  evaluationResultProblem,
  generateSigningKey,
  sha256Hex,
  signSnapshot,
  sortContent,
  type SnapshotContent,
} from '@modelhub/governance-protocol';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PlaygroundGovernance } from '../createPlayground';

const ROOM = '/api/model-governance';
const DAY_MS = 86_400_000;

type SnapshotKey = SnapshotContent['keys'][number];

/** What governance was asked for. */
export interface Filed {
  entityRef: string;
  modelVersion: string;
  pin?: string;
  result: Record<string, unknown>;
}

/**
 * Governance as the playground asks it, and as a gateway follows it: what it
 * issues reaches the gateway by signed snapshots, over real HTTP.
 */
export class TestHub implements PlaygroundGovernance {
  readonly keys = new Map<string, SnapshotKey>();
  readonly revoked: string[] = [];
  readonly filed: Filed[] = [];
  readonly attached: Array<{ id: string; resultId: string }> = [];
  grants: Grant[] = [];
  /** Profiles of the caller. */
  profiles = ['care'];
  issued = 0;
  readonly #signing = generateSigningKey();
  readonly #streams = new Set<ServerResponse>();
  readonly #server: http.Server;
  #version = 1;

  private constructor() {
    this.#server = http.createServer((req, res) => {
      this.#answer(req, res).catch(() => res.destroy());
    });
  }

  static async create(): Promise<TestHub> {
    const hub = new TestHub();
    await new Promise<void>(resolve => {
      hub.#server.listen(0, '127.0.0.1', () => resolve());
    });
    return hub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get followers(): number {
    return this.#streams.size;
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Approves a version for a profile. */
  grant(gatewayId: string, profile = 'care'): void {
    const now = Date.now();
    this.grants.push({
      approvalId: `a-${this.grants.length + 1}`,
      kind: 'standard',
      entityRef: `model:${gatewayId}`,
      gatewayId,
      modelVersion: '1.0',
      tier: 'sandbox',
      purpose: 'experimentation',
      profile,
      approvedAt: new Date(now - DAY_MS).toISOString(),
      expiresAt: new Date(now + DAY_MS).toISOString(),
    });
    this.publish();
  }

  /** Adds a key that others have, as one of an evaluation endpoint. */
  addKey(id: string, profile = 'care'): string {
    const secret = `mh_${sha256Hex(`${id} ${this.issued++}`).slice(0, 43)}`;
    this.keys.set(id, {
      id,
      hash: sha256Hex(secret),
      profile,
      purpose: 'experimentation',
      tier: 'sandbox',
    });
    this.publish();
    return secret;
  }

  async issueKey({
    body,
  }: Parameters<PlaygroundGovernance['issueKey']>[0]): Promise<IssuedKey> {
    const id = `key-${this.issued + 1}`;
    const secret = this.addKey(id, body.profile);
    return this.#key(id, secret, body.profile);
  }

  async rotateKey({
    id,
  }: Parameters<PlaygroundGovernance['rotateKey']>[0]): Promise<IssuedKey> {
    const key = this.keys.get(id);
    if (!key) throw new NotFoundError(`You have no key ${id}.`);
    return this.#key(id, this.addKey(id, key.profile), key.profile);
  }

  async revokeKey({ id }: { id: string }) {
    const key = this.keys.get(id)!;
    this.revoked.push(id);
    this.keys.delete(id);
    this.publish();
    return this.#key(id, '', key.profile);
  }

  async listAccessProfiles() {
    return {
      items: ['care', 'shop'].map(id => ({
        id,
        title: id.toUpperCase(),
        members: [],
        enforcement: 'enforce' as const,
        mine: this.profiles.includes(id),
      })),
    };
  }

  /** People who prompt models do not read the whole allowlist. */
  async getAllowlist({ token }: { token?: string } = {}) {
    if (!token?.startsWith('mock-service-token')) {
      throw new NotAllowedError('Unauthorized');
    }
    return { epoch: 1, version: this.#version, items: this.grants };
  }

  async checkAccess({
    body,
  }: Parameters<PlaygroundGovernance['checkAccess']>[0]) {
    const found = this.grants.find(
      ({ gatewayId, modelVersion, profile }) =>
        body.gatewayId === `${gatewayId}@${modelVersion}` &&
        body.profile === profile,
    );
    return found
      ? { ...found, allowed: true, message: 'Approved.' }
      : {
          allowed: false,
          message: `${body.gatewayId} is not approved for ${body.profile}.`,
          requestUrl: 'https://portal.example/request',
        };
  }

  async fileModelEvaluation({
    body,
  }: Parameters<PlaygroundGovernance['fileModelEvaluation']>[0]) {
    const problem = evaluationResultProblem(body.result);
    if (problem) throw new Error(problem);
    this.filed.push(body as Filed);
    return { id: `result-${this.filed.length}` } as ModelEvaluation;
  }

  async attachEvaluation({
    id,
    body: { resultId },
  }: Parameters<PlaygroundGovernance['attachEvaluation']>[0]) {
    this.attached.push({ id, resultId });
    return { items: [], mayAttach: true } as AttachedEvaluations;
  }

  /** Tells gateways what is in force now. */
  publish(): void {
    this.#version += 1;
    for (const stream of this.#streams) this.#send(stream);
  }

  #key(id: string, secret: string, profile: string): IssuedKey {
    return {
      id,
      secret,
      name: 'Playground',
      hint: secret.slice(-4),
      profile,
      purpose: 'experimentation',
      tier: 'sandbox',
      owner: 'user:default/dana',
      issuedBy: 'user:default/dana',
      createdAt: new Date().toISOString(),
      expiresAt: new Date(Date.now() + DAY_MS).toISOString(),
    };
  }

  #content(): SnapshotContent {
    return sortContent({
      profiles: ['care', 'shop'].map(id => ({
        id,
        title: id,
        enforcement: 'enforce' as const,
      })),
      keys: [...this.keys.values()],
      models: ['acme/chat', 'acme/other', 'acme/closed'].map(gatewayId => ({
        gatewayId,
        entityRef: `model:${gatewayId}`,
        provider: 'acme',
        lifecycle: 'active' as const,
      })),
      grants: this.grants.map(grant => ({
        id: grant.approvalId,
        gatewayId: grant.gatewayId,
        version: grant.modelVersion,
        tier: grant.tier,
        purpose: grant.purpose,
        profile: grant.profile,
        approvedAt: grant.approvedAt,
        expiresAt: grant.expiresAt,
      })),
      purposes: [],
      tiers: [],
    });
  }

  #signed() {
    const now = Date.now();
    return signSnapshot(
      {
        kind: 'full',
        header: {
          format: 'modelhub.dev/allowlist.v1',
          epoch: 1,
          version: this.#version,
          issuedAt: new Date(now).toISOString(),
          notAfter: new Date(now + 900_000).toISOString(),
          keyId: this.#signing.keyId,
        },
        content: this.#content(),
      },
      this.#signing.privateKey,
    );
  }

  #send(stream: ServerResponse): void {
    stream.write(
      `event: snapshot\ndata: ${JSON.stringify(this.#signed())}\n\n`,
    );
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = (req.url ?? '').split('?')[0];
    for await (const _ of req);
    if (path === `${ROOM}/gateways/enrol`) {
      sendJson(res, {
        gatewayId: 'gw-1',
        signingKeys: [{ use: 'snapshot', publicKey: this.#signing.publicKey }],
      });
    } else if (path === `${ROOM}/allowlist/snapshot`) {
      sendJson(res, this.#signed());
    } else if (path === `${ROOM}/allowlist/stream`) {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      this.#streams.add(res);
      res.on('close', () => this.#streams.delete(res));
      this.#send(res);
    } else {
      // A portal without a usage room: no budgets.
      const isStatus = path === `${ROOM}/gateways/status`;
      res.writeHead(isStatus ? 204 : 404).end(isStatus ? undefined : '{}');
    }
  }
}

function sendJson(res: ServerResponse, value: unknown): void {
  res.writeHead(200, { 'content-type': 'application/json' });
  res.end(JSON.stringify(value));
}
