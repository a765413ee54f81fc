import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ModelGovernanceClient } from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import type { Visibility } from '../access';
import type { BudgetService, BudgetStore } from '../budgets';
import { RollupStore, type RollupRetention } from '../rollups';
import {
  CatalogModels,
  ComponentOwners,
  Grants,
  InsightAccess,
} from './access';
import { BudgetBurnService } from './burn';
import { CallerInsightService } from './callers';
import { ChargebackService } from './chargeback';
import { ModelCallerService, ModelInsightService } from './models';
import { LastCallStore } from './LastCallStore';
import { Numbers } from './Numbers';
import {
  AdoptionService,
  AdoptionStore,
  DuplicateService,
  OrganisationService,
  WasteService,
} from './organisation';

/** Everything that shows what was used. */
export type Insights = ReturnType<typeof createInsights>;

export function createInsights(options: {
  auth: AuthService;
  budgets: BudgetService;
  budgetStore: BudgetStore;
  catalog: CatalogService;
  clock: Clock;
  config: Config;
  governance: ModelGovernanceClient;
  knex: Knex;
  logger: LoggerService;
  retention: RollupRetention;
  visibility: Visibility;
}) {
  const { config, knex, budgets, budgetStore } = options;
  const rollups = RollupStore.create({ knex });
  const numbers = Numbers.create({ ...options, rollups });
  const models = CatalogModels.create(options);
  const owners = ComponentOwners.create(options);
  const grants = Grants.create(options);
  const access = InsightAccess.create({ ...options, models, owners });
  const calls = LastCallStore.create({ knex });
  const common = { calls, numbers, access, models, owners, grants };
  return {
    models: ModelInsightService.create(common),
    modelCallers: ModelCallerService.create(common),
    callers: CallerInsightService.create(common),
    burn: BudgetBurnService.create({ ...common, budgets, store: budgetStore }),
    chargeback: ChargebackService.create({
      ...common,
      issuer: {
        name: config.getOptionalString('organization.name') ?? 'Model Hub',
      },
    }),
    organisation: OrganisationService.create(common),
    adoption: AdoptionService.create({
      ...common,
      store: AdoptionStore.create({ knex }),
    }),
    waste: WasteService.create(common),
    duplicates: DuplicateService.create(common),
  };
}
