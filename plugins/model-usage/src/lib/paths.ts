import { useRouteRef } from '@backstage/core-plugin-api';
import type { BudgetKind } from '@modelhub/backstage-plugin-models-common';
import {
  enforcementReportRouteRef,
  objectiveRouteRef,
  rootRouteRef,
  spendingRouteRef,
} from '../routes';

/** Addresses of the views. */
export function useUsagePaths() {
  const root = useRouteRef(rootRouteRef)();
  const spendingOf = useRouteRef(spendingRouteRef);
  const reportOf = useRouteRef(enforcementReportRouteRef);
  const objectiveOf = useRouteRef(objectiveRouteRef);
  return {
    spending: `${root}/budgets`,
    spendingOf: (kind: BudgetKind, subject: string) =>
      spendingOf({ kind, subject }),
    objectives: `${root}/objectives`,
    objectiveOf: (objective: string) => objectiveOf({ objective }),
    drift: `${root}/drift`,
    driftOf: (model: string, version: string) =>
      `${root}/drift?${new URLSearchParams({ model, version })}`,
    enforcement: `${root}/enforcement`,
    reportOf: (profile: string) => reportOf({ profile }),
  };
}
