import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isModelEntity,
  type ModelEvaluation,
} from '@modelhub/backstage-plugin-models-common';
import {
  EVALUATION_RESULT_TYPE,
  evaluationResultProblem,
  type EvaluationResult,
} from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import { pinFor } from '../../approvals/subject';
import type { HubSubmissions } from '../../evidence';
import type { Foundation } from '../../foundation';
import { modelRefOf, type ResultService } from '../results/ResultService';
import {
  documentDigest,
  type ResultDocument,
  type ResultStore,
} from '../results/ResultStore';

/** Alone it says what it measured; programs have signed evidence instead. */
const SENDER = 'plugin:model-serving';

/** No pack of the catalog is called so: names of entities have no slash. */
export const OWN_INPUT = 'own-input/';

export interface OwnInputOptions
  extends Pick<
    Foundation,
    'clock' | 'transactions' | 'ledger' | 'outbox' | 'idempotency'
  > {
  auth: AuthService;
  catalog: CatalogService;
  results: ResultStore;
  evidence: Pick<HubSubmissions, 'fits'>;
  service: Pick<ResultService, 'summaries'>;
}

/**
 * Files what people measured with their own input in the playground. It is
 * shown with the model, and no check sees it: checks read what was submitted to
 * them, and this is submitted to none.
 */
export class OwnInputResults {
  static create(options: OwnInputOptions): OwnInputResults {
    return new OwnInputResults(options);
  }

  readonly #options: OwnInputOptions;

  private constructor(options: OwnInputOptions) {
    this.#options = options;
  }

  async file(
    input: {
      entityRef: string;
      modelVersion: string;
      pin?: string;
      result: object;
    },
    options: { credentials: BackstageCredentials; idempotencyKey?: string },
  ): Promise<ModelEvaluation> {
    const { credentials, idempotencyKey } = options;
    const { results, idempotency, ledger, clock, outbox, service } =
      this.#options;
    const person = this.#person(credentials);
    const entityRef = modelRefOf(input.entityRef);
    const pin = await this.#pin({ ...input, entityRef }, credentials);
    const document = this.#document(input.result);
    const { id } = await idempotency.run<{ id: string }>(
      {
        caller: person,
        key: idempotencyKey,
        request: { command: 'evaluation.file', entityRef, pin, document },
      },
      async tx => {
        const resultId = randomUUID();
        const known = await results.filed(tx, { entityRef, pin, document });
        if (known) return { id: known };
        const [event] = await ledger.append(tx, [
          {
            actor: { kind: 'person', ref: person },
            subject: `evaluation:${resultId}`,
            type: 'evaluation.filed',
            payload: {
              modelVersion: input.modelVersion,
              pin,
              suite: document.suite.name,
              inputDigest: document.inputDigest ?? '',
              resultDigest: documentDigest(document),
              source: 'person',
            },
            entityRef,
          },
        ]);
        await results.file(tx, {
          id: resultId,
          entityRef,
          modelVersion: input.modelVersion,
          pin,
          predicateType: EVALUATION_RESULT_TYPE,
          document,
          source: 'person',
          submittedBy: person,
          startedBy: person,
          submittedAt: clock.now().toISOString(),
          seq: event.seq,
        });
        await outbox.add(tx, [
          {
            topic: 'signal',
            payload: { type: 'evaluation.filed', entityRef },
          },
        ]);
        return { id: resultId };
      },
    );
    outbox.wake();
    const [filed] = await service.summaries([id], { credentials });
    return filed;
  }

  /** A user whom the playground acts for: nobody sends results of their own making. */
  #person(credentials: BackstageCredentials): string {
    const { auth } = this.#options;
    if (
      auth.isPrincipal(credentials, 'user') &&
      credentials.principal.actor?.subject === SENDER
    ) {
      return credentials.principal.userEntityRef;
    }
    throw new NotAllowedError(
      'Only the playground files what it measured, for the person who ran it. Pipelines submit signed evidence: POST /evidence.',
    );
  }

  async #pin(
    input: { entityRef: string; modelVersion: string; pin?: string },
    credentials: BackstageCredentials,
  ): Promise<string> {
    const { entityRef, modelVersion } = input;
    const entity = await this.#options.catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity || !isModelEntity(entity)) {
      throw new NotFoundError(
        `There is no model ${entityRef} in the catalog, or you may not see it.`,
      );
    }
    const pin = pinFor(
      entity.spec.versions?.find(({ name }) => name === modelVersion),
      'sandbox',
    );
    if (pin === undefined || (input.pin !== undefined && input.pin !== pin)) {
      throw new ConflictError(
        `Version ${modelVersion} of ${entityRef} is ${pin ?? 'gone'} now, and ${
          input.pin ?? 'there'
        } when it was measured. Measure what it is now.`,
      );
    }
    return pin;
  }

  /** @throws InputError */
  #document(value: object): ResultDocument {
    const problem = evaluationResultProblem(value);
    if (problem) throw new InputError(`This is no result: ${problem}.`);
    const result = value as EvaluationResult;
    if (
      !result.suite.name.startsWith(OWN_INPUT) ||
      result.pack.entityRef !== undefined
    ) {
      throw new InputError(
        `Own input is no pack: its suite is called ${OWN_INPUT}…, and it names no entity.`,
      );
    }
    if (!this.#options.evidence.fits({ ...result })) {
      throw new InputError(
        `The result of ${result.cases.ids.length} rows is larger than what is kept. Split the file.`,
      );
    }
    return result as ResultDocument;
  }
}
