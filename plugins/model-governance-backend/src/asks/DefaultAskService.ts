import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  modelGatewayManagePermission,
  type Ask,
  type AskDecisionInput,
  type AskPage,
  type AskState,
} from '@modelhub/backstage-plugin-models-common';
import { callerOf } from '../approvals/Caller';
import type { AskRights } from './AskAuthorizer';
import type { AskService } from './AskService';
import type { AskChange } from './AskStore';
import type { AskDeps } from './deps';
import type { AskRecord } from './records';

/** A decision for the rest of a trace, and every refusal in one, holds for so long. */
const HELD_MS = 3600_000;
const PAGE = { usual: 25, most: 100 };

/** Who looks, and what they may see and do. */
interface Onlooker {
  ref: string;
  isPerson: boolean;
  rights: AskRights;
  /** Ids of the profiles whose questions are theirs to see; undefined for all. */
  profiles?: Set<string>;
}

/** Questions as people see them. */
export class DefaultAskService implements AskService {
  static create(deps: AskDeps): DefaultAskService {
    return new DefaultAskService(deps);
  }

  readonly #deps: AskDeps;

  private constructor(deps: AskDeps) {
    this.#deps = deps;
  }

  async list(
    credentials: BackstageCredentials,
    query: { state?: AskState[]; cursor?: string; limit?: number },
  ): Promise<AskPage> {
    const onlooker = await this.#onlooker(credentials);
    const { rights, profiles } = onlooker;
    if (!rights.readable || profiles?.size === 0) {
      return { items: [], totalItems: 0 };
    }
    const { items, ...page } = await this.#deps.store.list({
      states: query.state,
      profiles: profiles && [...profiles],
      criteria: rights.readable.criteria,
      cursor: query.cursor,
      limit: Math.min(Math.max(query.limit ?? PAGE.usual, 1), PAGE.most),
    });
    return { ...page, items: items.map(ask => this.#present(ask, onlooker)) };
  }

  async decide(
    credentials: BackstageCredentials,
    id: string,
    input: AskDecisionInput,
    idempotencyKey?: string,
  ): Promise<Ask> {
    const { store, idempotency, outbox, waiters } = this.#deps;
    const onlooker = await this.#onlooker(credentials);
    if (!onlooker.isPerson) {
      throw new NotAllowedError(
        'Only a person decides, in their own session: no service and no agent on their behalf.',
      );
    }
    const ask = await store.get(id);
    if (!ask || !isVisible(ask, onlooker)) {
      throw new NotFoundError(
        `There is no question ${id} that you may see. Only those who own the profile or manage gateways see its questions.`,
      );
    }
    const whyNot = this.#whyNot(ask, onlooker);
    if (whyNot) throw new NotAllowedError(whyNot);
    if (input.decision === 'deny' && !input.reason) {
      throw new InputError('Say why: the agent is told the reason.');
    }
    if (input.decision === 'allow-trace' && ask.trace === undefined) {
      throw new InputError(
        'This call belongs to no trace, so it can be allowed only once.',
      );
    }
    const decided = await idempotency.run(
      {
        caller: onlooker.ref,
        key: idempotencyKey,
        request: { command: 'ask.decide', id, input },
      },
      async tx => {
        const change = this.#change(ask, input, onlooker.ref);
        const isFirst = await store.settle(tx, id, change, {
          onlyBefore: change.decidedAt,
        });
        const now = await store.get(id, tx);
        if (!isFirst || !now) {
          throw new ConflictError(tooLate(now));
        }
        await this.#record(tx, now, onlooker.ref);
        return this.#present(now, onlooker);
      },
    );
    waiters.wake();
    outbox.wake();
    return decided;
  }

  #change(ask: AskRecord, input: AskDecisionInput, by: string): AskChange {
    const now = this.#deps.clock.now();
    const holds =
      ask.trace !== undefined && input.decision !== 'allow-once'
        ? new Date(now.getTime() + HELD_MS).toISOString()
        : undefined;
    return {
      state: input.decision === 'deny' ? 'denied' : 'allowed',
      decidedAt: now.toISOString(),
      decidedBy: by,
      until: holds,
      reason: input.reason,
    };
  }

  async #record(
    tx: Parameters<AskDeps['store']['settle']>[0] &
      Parameters<AskDeps['ledger']['append']>[0],
    ask: AskRecord,
    by: string,
  ): Promise<void> {
    const { ledger, outbox } = this.#deps;
    const type = `ask.${ask.state}`;
    await ledger.append(tx, [
      {
        actor: { kind: 'person', ref: by },
        subject: `ask:${ask.id}`,
        type,
        payload: {
          keyId: ask.keyId,
          profile: ask.profile,
          model: ask.model,
          tools: ask.tools.map(tool => tool.descriptionHash),
          ...(ask.until && { until: ask.until }),
        },
        text: ask.reason,
      },
    ]);
    await outbox.add(tx, [{ topic: 'signal', payload: { type } }]);
  }

  async #onlooker(credentials: BackstageCredentials): Promise<Onlooker> {
    const { auth, guard, authorizer, directory, organisation } = this.#deps;
    const caller = callerOf(auth, credentials);
    const [rights, managesAll] = await Promise.all([
      authorizer.rightsOf(credentials),
      guard.may(credentials, modelGatewayManagePermission),
    ]);
    const isPerson = caller.kind === 'user' && caller.inPerson;
    if (managesAll) return { ref: caller.ref, isPerson, rights };
    const mine = new Set([
      caller.ref,
      ...(caller.kind === 'user'
        ? await organisation.groupsOf(caller.ref)
        : []),
    ]);
    const owned = (await directory.profiles()).filter(
      ({ owner }) => owner !== undefined && mine.has(owner),
    );
    return {
      ref: caller.ref,
      isPerson,
      rights,
      profiles: new Set(owned.map(profile => profile.id)),
    };
  }

  #whyNot(ask: AskRecord, { ref, rights, isPerson }: Onlooker) {
    if (!isPerson) return 'Only a person decides.';
    if (ask.keyOwner === ref) {
      return ask.issuer
        ? 'This call is yours: somebody else has to decide what it may do.'
        : 'This key is yours: somebody else has to decide what it may do.';
    }
    return rights.mayDecide(ask)
      ? undefined
      : 'This needs permission model.ask.decide. Ask the team that runs the model hub.';
  }

  #present(ask: AskRecord, onlooker: Onlooker): Ask {
    const { gatewayId: _, gatewayName, requestHash: __, ...facts } = ask;
    const isOver =
      ask.state === 'waiting' &&
      ask.expiresAt <= this.#deps.clock.now().toISOString();
    const state = isOver ? 'expired' : ask.state;
    const whyNot =
      state === 'waiting' ? this.#whyNot(ask, onlooker) : undefined;
    return {
      ...facts,
      state,
      gateway: gatewayName,
      mayDecide: state === 'waiting' && whyNot === undefined,
      ...(whyNot && { whyNot }),
    };
  }
}

function isVisible(ask: AskRecord, { profiles, rights }: Onlooker): boolean {
  return (!profiles || profiles.has(ask.profile)) && rights.mayRead(ask);
}

function tooLate(ask: AskRecord | undefined): string {
  switch (ask?.state) {
    case 'allowed':
    case 'denied':
      return `Somebody was quicker: this is ${ask.state} already.`;
    case 'withdrawn':
      return 'The call went away meanwhile, so there is nothing to decide.';
    default:
      return 'The time of this question is over: its call was refused. The agent may ask again.';
  }
}
