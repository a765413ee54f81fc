import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ReplayedApproval } from '@modelhub/backstage-plugin-models-common';
import type {
  Clock,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import {
  CelConditions,
  checkPolicies,
  type GateDescription,
  type PolicyLayers,
} from '@modelhub/policies';
import type { PolicyEnds } from '../../approvals/PolicyEnds';
import type { ApprovalRecord } from '../../approvals/records';
import type { DatabasePolicyHistory } from '../DatabasePolicyHistory';
import type { DefaultPolicyService } from '../DefaultPolicyService';
import { Replayer, type ReplayerDeps } from '../trials/Replayer';

/**
 * A replica that has not read the new policies may still approve under those
 * before; after this time none does.
 */
const SETTLED_MS = 15_000;

const PAGE = 500;

export interface PolicyEnforcerOptions
  extends Omit<ReplayerDeps, 'calls' | 'clock'> {
  transactions: Transactions;
  clock: Clock;
  logger: LoggerService;
  policies: Pick<DefaultPolicyService, 'inForce'>;
  history: Pick<DatabasePolicyHistory, 'sourcesOf'>;
  installed: GateDescription[];
  ends: Pick<PolicyEnds, 'end' | 'shorten' | 'lift'>;
}

interface Applied {
  version: string;
  since: string;
  applied_version: string;
}

const because = ({ reasons }: ReplayedApproval) =>
  reasons
    .slice(0, 1)
    .map(({ message }) => message)
    .join(' ');

/**
 * Does to living approvals what a replay says of the policies that came into
 * force, whether by the portal or by the folder.
 */
export class PolicyEnforcer {
  static create(options: PolicyEnforcerOptions): PolicyEnforcer {
    return new PolicyEnforcer(options);
  }

  readonly #options: PolicyEnforcerOptions;
  readonly #conditions = CelConditions.create();

  private constructor(options: PolicyEnforcerOptions) {
    this.#options = options;
  }

  /** Safe to call any number of times, from any replica. */
  async run(): Promise<void> {
    const { policies, transactions, logger, clock } = this.#options;
    const { knex } = transactions;
    const row: Applied | undefined = await knex('policy_in_force').first();
    if (!row?.version) return;
    const { version, layers } = policies.inForce();
    // This replica has not read it yet; the next round has.
    if (version !== row.version) return;
    const applied = row.applied_version;
    if (applied !== version && applied !== '') {
      const before = await this.#layersOf(applied);
      if (before) await this.#apply(before, layers);
      else {
        logger.warn(
          `Policies ${applied} do not load any more, so nobody can say what ${version} changes for approvals that live`,
        );
      }
    }
    await this.#liftHeld(layers);
    const settled = clock.now().getTime() - Date.parse(row.since) >= SETTLED_MS;
    if (applied !== version && (settled || applied === '')) {
      await knex('policy_in_force')
        .where({ version, applied_version: applied })
        .update({ applied_version: version });
    }
  }

  async #apply(before: PolicyLayers, now: PolicyLayers): Promise<void> {
    const { approvals, ends } = this.#options;
    for (const one of await this.#replay(approvals, before, now)) {
      await this.#each(one.id, async () => {
        if (one.effect === 'ends') await ends.end(one.id, because(one));
        else if (one.expiresAtThen) {
          await ends.shorten(one.id, one.expiresAtThen);
        }
      });
    }
  }

  /** What was held for policies, and suffices by what it was decided under. */
  async #liftHeld(now: PolicyLayers): Promise<void> {
    const held = await this.#held();
    const versions = [
      ...new Set(held.flatMap(({ policyVersion }) => policyVersion ?? [])),
    ];
    for (const version of versions) {
      const then = await this.#layersOf(version);
      if (!then) continue;
      const mine = held.filter(
        ({ policyVersion }) => policyVersion === version,
      );
      const changed = await this.#replay(only(mine, this.#options), then, now);
      const ended = new Set(
        changed.filter(({ effect }) => effect === 'ends').map(({ id }) => id),
      );
      for (const approval of mine.filter(({ id }) => !ended.has(id))) {
        await this.#each(approval.id, () => this.#options.ends.lift(approval));
      }
    }
  }

  async #held(): Promise<ApprovalRecord[]> {
    const { approvals } = this.#options;
    const held: ApprovalRecord[] = [];
    for (let after = ''; ; ) {
      const page = await approvals.batch(['suspended'], after, PAGE);
      held.push(
        ...page.filter(({ blockers }) =>
          blockers.some(({ code }) => code === 'hold-policy-changed'),
        ),
      );
      if (page.length < PAGE) return held;
      after = page.at(-1)!.id;
    }
  }

  async #replay(
    approvals: ReplayerDeps['approvals'],
    inForce: PolicyLayers,
    proposed: PolicyLayers,
  ): Promise<ReplayedApproval[]> {
    const { clock } = this.#options;
    const at = clock.now().toISOString();
    const replayer = Replayer.create({
      ...this.#options,
      approvals,
      // Calls that are over change nothing now.
      calls: {
        summed: async () => ({ known: false, from: at, to: at, items: [] }),
      },
    });
    const replayed = await replayer.replay({ inForce, proposed });
    return replayed.approvals.items;
  }

  async #layersOf(version: string): Promise<PolicyLayers | undefined> {
    const { history, installed } = this.#options;
    const sources = await history.sourcesOf(version);
    return (
      sources && checkPolicies(sources, installed, this.#conditions).layers
    );
  }

  /** One that fails is looked at again in the next round, and stops no other. */
  async #each(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.logger.warn(
        `Approval ${id} was not looked at under the policies in force`,
        error as Error,
      );
    }
  }
}

/** These approvals and no others. */
function only(
  approvals: ApprovalRecord[],
  { approvals: store }: Pick<PolicyEnforcerOptions, 'approvals'>,
): ReplayerDeps['approvals'] {
  return {
    batch: async (_states, after) => (after === '' ? approvals : []),
    signOffs: id => store.signOffs(id),
  };
}
