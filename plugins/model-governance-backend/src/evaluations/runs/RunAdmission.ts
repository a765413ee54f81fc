import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isModelEntity,
  type ModelEntityV1alpha1,
  type PackRunInput,
} from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { EvaluationPack } from '@modelhub/evals';
import type { Knex } from 'knex';
import type { Principal } from '../../access';
import { pinFor } from '../../approvals/subject';
import { ownerOf } from '../../evidence/presentSubmission';
import type { Organisation } from '../../organisation';
import { packRef, type PackService } from '../packs/PackService';
import type { EvaluationsConfig } from '../readEvaluationsConfig';
import { modelRefOf } from '../results/ResultService';
import type { RunRecord, RunStore } from './RunStore';

const DAY_MS = 24 * 3600_000;

/** What a run is about, looked up. */
export interface RunSubject {
  model: ModelEntityV1alpha1;
  entityRef: string;
  modelVersion: string;
  pin: string;
  pack: RunRecord['pack'];
  content: EvaluationPack;
}

/** What may be run, and how much of it. */
export class RunAdmission {
  static create(options: {
    catalog: CatalogService;
    clock: Clock;
    config: EvaluationsConfig;
    organisation: Organisation;
    packs: Pick<PackService, 'runnable'>;
    runs: Pick<RunStore, 'usage'>;
  }): RunAdmission {
    return new RunAdmission(options);
  }

  readonly #options: Parameters<typeof RunAdmission.create>[0];

  private constructor(options: Parameters<typeof RunAdmission.create>[0]) {
    this.#options = options;
  }

  async model(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<ModelEntityV1alpha1> {
    const model = await this.#options.catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!model || !isModelEntity(model)) {
      throw new NotFoundError(
        `There is no model ${entityRef} in the catalog, or you may not see it.`,
      );
    }
    return model;
  }

  async subject(
    input: Pick<PackRunInput, 'entityRef' | 'modelVersion' | 'pack'>,
    credentials: BackstageCredentials,
  ): Promise<RunSubject> {
    const entityRef = modelRefOf(input.entityRef);
    const model = await this.model(entityRef, credentials);
    const { modelVersion } = input;
    const versions = model.spec.versions ?? [];
    const pin = pinFor(
      versions.find(({ name }) => name === modelVersion),
      'sandbox',
    );
    if (!pin) {
      throw new InputError(
        `${entityRef} has no version '${modelVersion}'. It has: ${
          versions.map(({ name }) => name).join(', ') ||
          'none; add spec.versions'
        }.`,
      );
    }
    const ref = packRef(input.pack);
    const { pack } = await this.#options.packs.runnable(ref, { credentials });
    return {
      model,
      entityRef,
      modelVersion,
      pin,
      content: pack,
      pack: {
        entityRef: ref,
        name: pack.name,
        title: pack.title ?? pack.name,
        version: pack.version,
        digest: pack.digest,
      },
    };
  }

  /** Whose quota it counts against: the model's owners where the caller is one of them, else the first of the caller's groups. */
  async team(
    principal: Principal,
    model: ModelEntityV1alpha1,
  ): Promise<string> {
    if (principal.kind !== 'user') return principal.ref;
    const groups = await this.#options.organisation.groupsOf(principal.ref);
    const owner = ownerOf(model.spec.owner);
    if (groups.includes(owner)) return owner;
    // The nearest one: what is above it is everybody.
    return groups[0] ?? principal.ref;
  }

  /** Why a team may not start another run now; nothing when it may. */
  async overQuota(
    team: string,
    pack: EvaluationPack | undefined,
    tx?: Knex.Transaction,
  ): Promise<string | undefined> {
    const { runs, clock, config } = this.#options;
    const { runsPerDay, runsAtOnce, casesPerRun } = config.quota;
    if (pack && pack.cases.length > casesPerRun) {
      return `${pack.name} has ${pack.cases.length} cases, and a run here may have ${casesPerRun}. Run it with the command line.`;
    }
    const { open, started } = await runs.usage(
      team,
      clock.now().getTime() - DAY_MS,
      tx,
    );
    if (open >= runsAtOnce) {
      return `${team} has ${open} runs that are not over, and may have ${runsAtOnce}. Wait for one of them, or cancel it.`;
    }
    if (started >= runsPerDay) {
      return `${team} started ${started} runs within a day, and may start ${runsPerDay}. Try again tomorrow, or run it with the command line.`;
    }
    return undefined;
  }
}
