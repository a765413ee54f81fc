import { costMicros } from '@modelhub/governance-protocol';
import { ApiError } from '../http/ApiError';
import { estimatePromptTokens, expectedOutputTokens } from '../limits';
import type { CallContext, CallHandle, CallStage } from '../pipeline';
import type { Account, BudgetBook } from './BudgetBook';
import { costOf } from './records';
import type { UsageConfig } from './UsageConfig';

/** For how long a call waits for the control plane, in milliseconds. */
const PATIENCE_MS = 1_000;

/** How often a call asks: others may take what came. */
const MOST_ASKED = 3;

/**
 * Holds calls to the monthly budgets of their profile, team and key. Costs one
 * look-up for keys without a budget.
 */
export function createBudgetsStage(options: {
  book: BudgetBook;
  mode: UsageConfig['budgets'];
  /** Asks the control plane for what the book needs. */
  ask: () => Promise<void>;
}): CallStage {
  const { book, mode, ask } = options;
  const binds = mode === 'required';
  return {
    name: 'budgets',
    begin: context => {
      if (mode === 'off') {
        return undefined;
      }
      if (!book.isKnown) {
        return binds ? beginUnknown(context) : undefined;
      }
      return book.concerns(context.caller.key) ? begin(context) : undefined;
    },
  };

  async function beginUnknown(
    context: CallContext,
  ): Promise<CallHandle | undefined> {
    await patiently(ask());
    if (!book.isKnown) {
      throw new ApiError(
        503,
        'budgets_unknown',
        'This gateway has not heard yet which budgets there are, and refuses calls until it has. It is waiting for the control plane.',
        { headers: { 'retry-after': '2' } },
      );
    }
    return book.concerns(context.caller.key) ? begin(context) : undefined;
  }

  function begin(
    context: CallContext,
  ): CallHandle | undefined | Promise<CallHandle | undefined> {
    const { caller, admission, route, body } = context;
    const pricing = admission.model?.pricing;
    if (!pricing) {
      return undefined;
    }
    const accounts = book.of(caller.key, pricing.currency, caller.now);
    if (accounts.length === 0) {
      return undefined;
    }
    const micros =
      costMicros(pricing, {
        inputTokens: estimatePromptTokens(context),
        outputTokens: expectedOutputTokens(route, body),
      }) ?? 0;
    return binds && book.short(accounts, micros)
      ? wait(context, accounts, micros)
      : reserve(context, accounts, micros);
  }

  function reserve(
    context: CallContext,
    accounts: readonly Account[],
    micros: number,
  ): CallHandle {
    book.reserve(accounts, micros);
    return {
      end: ({ attempts, usage, admission = context.admission }) => {
        const cost =
          attempts > 0 ? costOf(admission.model?.pricing, usage) : undefined;
        const spent =
          cost?.currency === accounts[0].currency ? cost.costMicros : 0;
        book.settle(accounts, micros, spent);
      },
    };
  }

  async function wait(
    context: CallContext,
    accounts: readonly Account[],
    micros: number,
  ): Promise<CallHandle> {
    let short = book.short(accounts, micros);
    for (let n = 0; n < MOST_ASKED && short && !book.isUsedUp(short); n++) {
      book.need(accounts, micros);
      await patiently(ask());
      short = book.short(accounts, micros);
    }
    if (short) {
      throw usedUp(short, book.isUsedUp(short));
    }
    return reserve(context, accounts, micros);
  }
}

const NAMES = { profile: 'access profile', team: 'team', key: 'key' };

function usedUp({ budget, month }: Account, known: boolean): ApiError {
  const split = budget.indexOf(':');
  const kind = budget.slice(0, split) as keyof typeof NAMES;
  const whose = `The budget of ${NAMES[kind]} '${budget.slice(split + 1)}'`;
  return new ApiError(
    429,
    'insufficient_quota',
    known
      ? `${whose} for ${month} is used up, or does not suffice for this call. Ask its owner for more, or wait for the next month.`
      : `${whose} cannot be asked for: this gateway has used up its part, and the control plane does not answer. Try again later.`,
    {
      type: 'insufficient_quota',
      details: { budget, month },
      headers: { 'retry-after': known ? '3600' : '5' },
    },
  );
}

/** Waits no longer than a caller should. */
async function patiently(answer: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>(resolve => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([answer, enough]);
  clearTimeout(timer);
}
