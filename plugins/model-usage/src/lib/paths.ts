import { useRouteRef } from '@backstage/core-plugin-api';
import type { BudgetKind } from '@modelhub/backstage-plugin-models-common';
import {
  enforcementReportRouteRef,
  rootRouteRef,
  spendingRouteRef,
} from '../routes';

/** Addresses of the views. */
export function useUsagePaths() {
  const root = useRouteRef(rootRouteRef)();
  const spendingOf = useRouteRef(spendingRouteRef);
  const reportOf = useRouteRef(enforcementReportRouteRef);
  return {
    spending: `${root}/budgets`,
    spendingOf: (kind: BudgetKind, subject: string) =>
      spendingOf({ kind, subject }),
    enforcement: `${root}/enforcement`,
    reportOf: (profile: string) => reportOf({ profile }),
  };
}
