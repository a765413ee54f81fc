import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Delegation } from '@modelhub/backstage-plugin-models-common';
import { v4 as uuid } from 'uuid';
import type { CommandOptions, CreateDelegation } from './ApprovalService';
import { callerOf, ledgerActor, personOf } from './Caller';
import type { DelegationRecord } from './records';
import type { Room } from './Requests';

const MOST_MS = 90 * 24 * 3600_000;

const present = ({ createdAt, ...shown }: DelegationRecord): Delegation =>
  shown;

function userRef(text: string): string {
  try {
    const ref = stringifyEntityRef(
      parseEntityRef(text, {
        defaultKind: 'user',
        defaultNamespace: 'default',
      }),
    );
    if (ref.startsWith('user:')) return ref;
  } catch {
    // Falls through to the message below.
  }
  throw new InputError(`'${text}' is not a user; expected user:default/name`);
}

/** Who signs while somebody is away. */
export class Delegations {
  static create(room: Pick<Room, 'deps' | 'writer'>): Delegations {
    return new Delegations(room);
  }

  readonly #room: Pick<Room, 'deps' | 'writer'>;

  private constructor(room: Pick<Room, 'deps' | 'writer'>) {
    this.#room = room;
  }

  async list({
    credentials,
  }: Pick<CommandOptions, 'credentials'>): Promise<Delegation[]> {
    const { deps } = this.#room;
    const person = personOf(callerOf(deps.auth, credentials));
    return (await deps.delegations.of(person)).map(present);
  }

  async create(
    input: CreateDelegation,
    { credentials, idempotencyKey }: CommandOptions,
  ): Promise<Delegation> {
    const { deps, writer } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    const delegator = personOf(caller);
    if (caller.kind === 'user' && !caller.inPerson) {
      throw new NotAllowedError('Only a person delegates, in person.');
    }
    const delegate = userRef(input.delegate);
    if (delegate === delegator) {
      throw new InputError('Name somebody else than yourself.');
    }
    if (!(await deps.organisation.exists(delegate))) {
      throw new InputError(`There is no ${delegate} in the catalog.`);
    }
    const ahead = Date.parse(input.until) - deps.clock.now().getTime();
    if (!(ahead > 0) || ahead > MOST_MS) {
      throw new InputError('A delegation ends within 90 days from now.');
    }
    const delegation = await deps.idempotency.run<Delegation>(
      {
        caller: delegator,
        key: idempotencyKey,
        request: { command: 'delegate', ...input },
      },
      async tx => {
        const record: DelegationRecord = {
          id: uuid(),
          delegator,
          delegate,
          role: input.role,
          createdAt: writer.now(),
          until: new Date(input.until).toISOString(),
        };
        await deps.delegations.insert(tx, record);
        await deps.ledger.append(tx, [
          {
            actor: ledgerActor(caller),
            subject: `delegation:${record.id}`,
            type: 'delegation.created',
            payload: { role: input.role ?? 'any', until: record.until },
            people: { delegate },
          },
        ]);
        await deps.outbox.add(tx, [
          {
            topic: 'notification',
            payload: {
              recipients: [delegate],
              title: `You may sign for ${delegator} until ${record.until.slice(
                0,
                10,
              )}`,
              link: '/model-governance',
            },
          },
        ]);
        return present(record);
      },
    );
    writer.wake();
    return delegation;
  }

  async end(
    id: string,
    { credentials, idempotencyKey }: CommandOptions,
  ): Promise<Delegation> {
    const { deps, writer } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    const person = personOf(caller);
    const found = await deps.delegations.get(id);
    if (!found || ![found.delegator, found.delegate].includes(person)) {
      throw new NotFoundError(`You have no delegation ${id}.`);
    }
    const delegation = await deps.idempotency.run<Delegation>(
      {
        caller: person,
        key: idempotencyKey,
        request: { command: 'end-delegation', id },
      },
      async tx => {
        const endedAt = writer.now();
        if (!(await deps.delegations.end(tx, id, endedAt))) {
          throw new ConflictError('This delegation has ended already.');
        }
        await deps.ledger.append(tx, [
          {
            actor: ledgerActor(caller),
            subject: `delegation:${id}`,
            type: 'delegation.ended',
            payload: {},
            people: { delegate: found.delegate },
          },
        ]);
        return present({ ...found, endedAt });
      },
    );
    writer.wake();
    return delegation;
  }
}
