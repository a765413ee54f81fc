import {
  createGatewayProof,
  generateSigningKey,
} from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import {
  createPortalWorld,
  startPortal,
  type Portal,
  type PortalWorld,
} from '../../__testUtils__';

export const tool = (name: string, letter = 'a', risk = 2) => ({
  name,
  descriptionHash: letter.repeat(64),
  risk,
});

/** Everybody asks and decides as far as the room lets them; nora manages gateways. */
export const usual = (permission: string, user: string | undefined) =>
  permission !== 'model.gateway.manage' || user === 'user:default/nora';

/** A gateway that proves each request. */
export type TestGateway = Awaited<ReturnType<AskWorld['enrol']>>;

/** A portal with a gateway, and a key of dana's whose calls it holds. */
export class AskWorld {
  static async create(
    databaseId: Parameters<typeof createPortalWorld>[0],
  ): Promise<AskWorld> {
    const world = await createPortalWorld(databaseId);
    world.permit = usual;
    const asks = new AskWorld(world, await startPortal(world));
    await world
      .knex('access_profiles')
      .update({ owner: 'group:default/customer-care' });
    asks.#gateway = await asks.enrol('edge');
    asks.#keyId = (await asks.issue('dana')).body.id;
    return asks;
  }

  readonly world: PortalWorld;
  readonly portal: Portal;
  #gateway?: TestGateway;
  #keyId = '';

  private constructor(world: PortalWorld, portal: Portal) {
    this.world = world;
    this.portal = portal;
  }

  get gateway(): TestGateway {
    if (!this.#gateway) throw new Error('No gateway is enrolled yet');
    return this.#gateway;
  }

  stop(): Promise<void> {
    return this.portal.stop();
  }

  issue(as: string) {
    return this.portal.as(as).post('/keys', {
      name: `key of ${as}`,
      profile: 'care',
      purpose: 'support',
      tier: 'internal',
    });
  }

  async enrol(name: string) {
    const nora = this.portal.as('nora');
    const { body: invitation } = await nora.post('/gateways/invitations', {
      name,
    });
    const pair = generateSigningKey();
    const { body } = await nora.post('/gateways/enrol', {
      token: invitation.token,
      name,
      publicKey: pair.publicKey,
    });
    const { gatewayId } = body;
    return {
      gatewayId,
      send: (
        method: 'get' | 'post' | 'delete',
        path: string,
        sent?: object,
        to: Portal = this.portal,
      ) => {
        const route = `/api/model-governance${path}`;
        const proof = createGatewayProof({
          gatewayId,
          privateKey: pair.privateKey,
          method: method.toUpperCase(),
          path: route.split('?')[0],
          now: this.world.clock.now(),
        });
        const call = request(to.server)
          [method](route)
          .set('authorization', `Gateway ${proof}`);
        return sent ? call.send(sent) : call;
      },
    };
  }

  question(fields: object = {}) {
    return {
      id: randomUUID(),
      keyId: this.#keyId,
      trace: 'trace-1',
      model: 'meta/llama',
      tools: [tool('pay')],
      seconds: 120,
      ...fields,
    };
  }

  /** Puts a question, which has to be taken. */
  async open(fields: object = {}) {
    const asked = this.question(fields);
    const { status, body } = await this.gateway.send('post', '/asks', asked);
    if (status !== 200) {
      throw new Error(`Not taken: ${status} ${JSON.stringify(body)}`);
    }
    return { id: asked.id, body };
  }

  decide(as: string, id: string, decision: string, more: object = {}) {
    return this.portal.as(as).post(`/asks/${id}/decide`, { decision, ...more });
  }

  async seen(as: string, query = '') {
    return (await this.portal.as(as).get(`/asks${query}`)).body;
  }

  /** Types of the ledger's events, in their order. */
  async types(): Promise<string[]> {
    const events: Array<{ type: string }> = await this.world
      .knex('ledger_events')
      .where('type', 'like', 'ask.%')
      .orderBy('seq');
    return events.map(({ type }) => type);
  }
}
