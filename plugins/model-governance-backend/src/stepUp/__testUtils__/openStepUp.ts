import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import type { StepUpProof } from '@modelhub/backstage-plugin-models-common';
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { migratedDatabase, TestClock } from '../../__testUtils__';
import { Guard } from '../../access';
import { createFoundation } from '../../foundation';
import { createStepUpRoom } from '../createStepUpRoom';
import type { StepUpAction } from '../StepUpService';
import { SoftAuthenticator } from './SoftAuthenticator';

export const admin = mockCredentials.user('user:default/ada');
export const ines = mockCredentials.user('user:default/ines');
export const tom = mockCredentials.user('user:default/tom');
export const inesRef = ines.principal.userEntityRef;

/** A command to confirm. */
export const sign: JsonObject = {
  id: 'a1',
  command: 'approve',
  revision: 3,
  role: 'security',
};

/** The room over a real database and ledger. */
export async function openStepUp(databaseId: TestDatabaseId) {
  const { knex } = await migratedDatabase(databaseId);
  const clock = new TestClock();
  const config = mockServices.rootConfig({
    data: { app: { baseUrl: 'http://localhost:3000' } },
  });
  const foundation = await createFoundation({
    database: mockServices.database({ knex, migrations: { skip: true } }),
    config,
    logger: mockServices.logger.mock(),
    clock,
  });
  const permissions = mockServices.permissions.mock({
    authorize: async (requests, { credentials }) =>
      requests.map(() => ({
        result:
          JSON.stringify((credentials as BackstageCredentials).principal) ===
          JSON.stringify(admin.principal)
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
      })),
  });
  const { service, passkeys } = createStepUpRoom({
    foundation,
    guard: Guard.create({ auth: mockServices.auth(), permissions }),
    config,
    organisation: { exists: async ref => ref !== 'user:default/ghost' },
  });

  const events = async () =>
    (await foundation.ledger.query({ order: 'oldest' })).items;

  const enrol = async (
    credentials: BackstageCredentials,
    key = new SoftAuthenticator(),
    proof?: StepUpProof,
  ) => {
    const options = await passkeys.registrationOptions(credentials, proof);
    await passkeys.register(credentials, {
      name: 'Laptop',
      response: key.create(options),
    });
    return key;
  };

  /** Ines with a passkey. */
  const enrolled = async () => {
    await passkeys.invite(admin, inesRef);
    return enrol(ines);
  };

  const challenge = (
    credentials: BackstageCredentials = ines,
    payload: JsonObject = sign,
    action: StepUpAction = 'approval.command',
  ) => service.createChallenge(credentials, { action, payload });

  const proof = (
    challengeId: string,
    response: AuthenticationResponseJSON,
  ): StepUpProof => ({
    challengeId,
    response: response as unknown as StepUpProof['response'],
  });

  /** Consume in a transaction of its own, as commands do. */
  const consume = async (
    stepUpProof: StepUpProof,
    changes: {
      userRef?: string;
      payload?: JsonObject;
      action?: StepUpAction;
    } = {},
  ) => {
    try {
      return await foundation.transactions.run(tx =>
        service.consume(tx, {
          userRef: inesRef,
          action: 'approval.command',
          payload: sign,
          proof: stepUpProof,
          ...changes,
        }),
      );
    } finally {
      await service.settled();
    }
  };

  return {
    knex,
    clock,
    foundation,
    service,
    passkeys,
    events,
    enrol,
    enrolled,
    challenge,
    proof,
    consume,
  };
}
