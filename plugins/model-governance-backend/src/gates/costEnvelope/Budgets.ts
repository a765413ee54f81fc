import type { AuthService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type { ModelUsageClient } from '@modelhub/backstage-plugin-models-common';

/** What a profile may spend in this month, and what it did. */
export interface ProfileBudget {
  amount: number;
  currency: string;
  /** `2026-11` */
  month: string;
  spent: number;
  forecast?: number;
}

export type BudgetAnswer =
  | { state: 'set'; budget: ProfileBudget }
  | { state: 'none' | 'not-installed' };

/** Whoever knows budgets. */
export interface Budgets {
  /** Throws when nobody answers. */
  ofProfile(profile: string): Promise<BudgetAnswer>;
}

/** Asks the room of usage, with the credentials of this plugin. */
export class UsageBudgets implements Budgets {
  static create(options: {
    auth: AuthService;
    usage: Pick<ModelUsageClient, 'listBudgets'>;
  }): UsageBudgets {
    return new UsageBudgets(options);
  }

  readonly #options: Parameters<typeof UsageBudgets.create>[0];

  private constructor(options: Parameters<typeof UsageBudgets.create>[0]) {
    this.#options = options;
  }

  async ofProfile(profile: string): Promise<BudgetAnswer> {
    const { auth, usage } = this.#options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'model-usage',
    });
    try {
      const { items } = await usage.listBudgets({}, { token });
      const budget = items.find(
        ({ kind, subject }) => kind === 'profile' && subject === profile,
      );
      if (!budget) return { state: 'none' };
      const { amount, currency, month, spent, forecast } = budget;
      return {
        state: 'set',
        budget: { amount, currency, month, spent, forecast },
      };
    } catch (error) {
      // The list of budgets is always there; only a portal without usage answers so.
      if (error instanceof ResponseError && error.statusCode === 404) {
        return { state: 'not-installed' };
      }
      throw error;
    }
  }
}
