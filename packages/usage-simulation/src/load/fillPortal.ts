import { generateSigningKey } from '@modelhub/governance-protocol';
import { makeOpinions } from '../opinions';
import type { SimulatedYear } from '../simulateYear';
import { approvalsOf } from './approvals';
import { clock, Pace } from './Pace';
import { Portal, PortalError } from './Portal';
import { sendCalls, type GatewayIdentity } from './sendCalls';
import type { YearFolder } from './YearFolder';

/** In whose name keys, budgets and the gateway are made. */
const ADMINISTRATOR = 'user:default/ada';

const GATEWAY_NAME = 'simulated-year';
const GOVERNANCE = '/api/model-governance';
const REVIEWS = '/api/model-reviews';

/** Batches on their way at one time: the portal takes together what waits. */
const CONNECTIONS = 8;

/** How often to say how far it is, and to write it down, in milliseconds. */
const SAY_MS = 10_000;
const SAVE_MS = 2_000;

/** Everything that one portal is given. */
class Filling {
  readonly #year: SimulatedYear;

  constructor(
    readonly options: Parameters<typeof fillPortal>[0],
    readonly portal: Portal,
  ) {
    this.#year = options.folder.simulate();
  }

  async run(): Promise<void> {
    const { folder, say } = this.options;
    const begun = performance.now();
    const hadAll = folder.state.slices >= this.#year.slices.length;
    await this.#calls(await this.#gateway());
    if (this.options.signal?.aborted) return;
    await folder.once('budgets', () => this.#budgets());
    await folder.once('opinions', () => this.#opinions());
    await folder.once('approvals', () => this.#approvals());
    await folder.once('gateway-removed', () => this.#removeGateway());
    say(
      hadAll
        ? 'The simulated year was complete already; no calls were sent.'
        : `The simulated year is complete, in ${clock(
            performance.now() - begun,
          )}. docs/demo-year.md says what is hidden in it.`,
    );
  }

  get #seed(): string {
    return this.#year.options.seed;
  }

  /** A gateway of its own, with an identity that later runs go on with. */
  async #gateway(): Promise<GatewayIdentity | undefined> {
    const { folder } = this.options;
    const { state } = folder;
    if (state.slices >= this.#year.slices.length) return undefined;
    if (state.identity) return state.identity;
    const key = generateSigningKey();
    const { token } = (await this.portal.as(
      ADMINISTRATOR,
      'POST',
      `${GOVERNANCE}/gateways/invitations`,
      { name: GATEWAY_NAME },
    )) as { token: string };
    const { gatewayId } = (await this.portal.call(
      'POST',
      `${GOVERNANCE}/gateways/enrol`,
      {
        headers: () => ({}),
        body: JSON.stringify({
          token,
          name: GATEWAY_NAME,
          publicKey: key.publicKey,
        }),
      },
    )) as { gatewayId: string };
    const identity = { gatewayId, privateKey: key.privateKey };
    folder.save({ identity });
    return identity;
  }

  /** Keys that people find among theirs; calls name them by the portal's ids. */
  async #keys(): Promise<Record<string, string>> {
    const ids: Record<string, string> = {};
    for (const key of this.#year.teams.flatMap(it => it.keys)) {
      const { id } = (await this.portal.as(
        ADMINISTRATOR,
        'POST',
        `${GOVERNANCE}/keys`,
        {
          name: key.name,
          profile: key.profile,
          purpose: key.purpose,
          tier: key.tier,
          owner: key.owner,
        },
        `demo-year:${this.#seed}:key:${key.id}`,
      )) as { id: string };
      ids[key.id] = id;
    }
    return ids;
  }

  async #calls(identity: GatewayIdentity | undefined): Promise<void> {
    const { folder, say, signal, connections = CONNECTIONS } = this.options;
    if (!identity) return;
    if (!folder.state.keyIds) folder.save({ keyIds: await this.#keys() });
    const year = folder.simulate();
    const from = folder.state.slices;
    const before = year.slices
      .slice(0, from)
      .reduce((sum, it) => sum + it.calls, 0);
    const pace = new Pace(year.options.calls, before);
    let [saidAt, savedAt] = [performance.now(), performance.now()];
    const sent = await sendCalls({
      year,
      portal: this.portal,
      identity,
      connections,
      from,
      signal,
      onSent: (progress, slice) => {
        const now = performance.now();
        if (now - savedAt > SAVE_MS) {
          savedAt = now;
          folder.save({ slices: progress.slices });
        }
        if (now - saidAt > SAY_MS) {
          saidAt = now;
          say(pace.line(progress, year.calendar.dateOf(slice.day)));
        }
      },
    });
    folder.save({ slices: sent.slices });
    if (sent.records > 0 && !signal?.aborted) {
      say(pace.line(sent, year.calendar.dateOf(year.calendar.days - 1)));
    }
  }

  async #budgets(): Promise<void> {
    for (const budget of this.#year.plan.budgets) {
      const { kind, subject, amount, currency } = budget;
      await this.portal.as(
        ADMINISTRATOR,
        'PUT',
        `/api/model-usage/budgets/${kind}/${encodeURIComponent(subject)}`,
        { amount, currency },
        `demo-year:${this.#seed}:budget:${subject}`,
      );
    }
  }

  async #opinions(): Promise<void> {
    const { reviews, tips, questions } = makeOpinions(this.#year);
    const { say } = this.options;
    say(
      `Simulated year: ${reviews.length} reviews, ${tips.length} tips and ${questions.length} questions …`,
    );
    const name = (kind: string, n: number) =>
      `demo-year:${this.#seed}:${kind}:${n}`;
    for (const [
      n,
      { helpful, reply, author, ...review },
    ] of reviews.entries()) {
      const id = await this.#say(author, 'reviews', review, name('review', n));
      if (id === undefined) continue;
      await this.#thank(id, helpful);
      if (reply) {
        await this.portal.as(
          reply.author,
          'PUT',
          `${REVIEWS}/reviews/${id}/reply`,
          { text: reply.text },
          name('reply', n),
        );
      }
    }
    for (const [n, { helpful, author, ...tip }] of tips.entries()) {
      const id = await this.#say(author, 'tips', tip, name('tip', n));
      if (id !== undefined) await this.#thank(id, helpful);
    }
    for (const [n, { author, answer, ...question }] of questions.entries()) {
      const id = await this.#say(author, 'questions', question, name('ask', n));
      if (id === undefined || !answer) continue;
      const given = (await this.portal.as(
        answer.author,
        'POST',
        `${REVIEWS}/questions/${id}/answers`,
        { text: answer.text },
        name('answer', n),
      )) as { id: string };
      if (answer.isAccepted) {
        await this.portal.as(
          author,
          'PUT',
          `${REVIEWS}/questions/${id}/accepted`,
          { answerId: given.id },
          name('accept', n),
        );
      }
    }
  }

  /** What an earlier run said already is left as it is. */
  async #say(
    author: string,
    kind: string,
    body: object,
    name: string,
  ): Promise<string | undefined> {
    try {
      const said = (await this.portal.as(
        author,
        'POST',
        `${REVIEWS}/${kind}`,
        body,
        name,
      )) as { id: string };
      return said.id;
    } catch (error) {
      if (error instanceof PortalError && error.answer.status === 409) {
        return undefined;
      }
      throw error;
    }
  }

  async #thank(id: string, people: string[]): Promise<void> {
    for (const person of people) {
      await this.portal.as(
        person,
        'PUT',
        `${REVIEWS}/contributions/${id}/helpful`,
        undefined,
        `demo-year:${this.#seed}:${id}:${person}`,
      );
    }
  }

  async #approvals(): Promise<void> {
    const wishes = approvalsOf(this.#year);
    this.options.say(`Simulated year: ${wishes.length} requests …`);
    for (const { requester, ...wish } of wishes) {
      await this.portal.as(
        requester,
        'POST',
        `${GOVERNANCE}/approvals`,
        { ...wish, submit: true },
        `demo-year:${this.#seed}:approval:${wish.profile}:${wish.entityRef}:${
          wish.tier
        }`,
      );
    }
  }

  /** It has nothing more to tell, and nobody should wonder why it is silent. */
  async #removeGateway(): Promise<void> {
    const { folder } = this.options;
    const { identity } = folder.state;
    if (!identity) return;
    await this.portal.as(
      ADMINISTRATOR,
      'DELETE',
      `${GOVERNANCE}/gateways/${identity.gatewayId}`,
      undefined,
      `demo-year:${this.#seed}:remove-gateway:${identity.gatewayId}`,
    );
    folder.save({ identity: undefined });
  }
}

/**
 * Gives a running demo portal the simulated year of a folder: keys, calls,
 * budgets, reviews and requests. Goes on where an earlier run ended; adds
 * nothing where one was complete.
 */
export async function fillPortal(options: {
  folder: YearFolder;
  /** Base URL. */
  portal: string;
  say: (line: string) => void;
  connections?: number;
  signal?: AbortSignal;
}): Promise<void> {
  const portal = Portal.create({
    url: options.portal,
    connections: options.connections ?? CONNECTIONS,
  });
  try {
    await new Filling(options, portal).run();
  } finally {
    await portal.close();
  }
}
