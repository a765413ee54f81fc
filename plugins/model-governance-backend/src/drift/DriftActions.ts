import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type {
  DriftActionName,
  DriftActionTaken,
  DriftPolicyItem,
  DriftReport,
} from '@modelhub/backstage-plugin-models-common';
import type { Tier } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { PACK_GATES } from '../gates/evaluationPack';
import type { ApprovalStore } from '../approvals/ApprovalStore';
import type { EvidenceNews } from '../approvals/EvidenceNews';
import {
  livingStates,
  openStates,
  type ApprovalRecord,
} from '../approvals/records';
import type { Foundation } from '../foundation';
import type { OnlineRecord } from '../online/records';
import { includes, presentPolicy, type DriftPolicy } from './driftPolicy';
import type { Reevaluations } from './Reevaluations';

/** Who may tell of drift. */
const REPORTER = 'plugin:model-usage';

interface Row {
  episode: string;
  gateway_id: string;
  model_version: string;
  reported_at: string;
  taken: string;
  experiments: string;
}

const gatesOf = (approvals: ApprovalRecord[]) => [
  ...new Set(
    approvals.flatMap(({ policyDecision }) =>
      (policyDecision?.gates ?? [])
        .map(({ id }) => id)
        .filter(id => PACK_GATES.includes(id)),
    ),
  ),
];

interface DriftActionsOptions
  extends Pick<Foundation, 'transactions' | 'clock' | 'ledger' | 'outbox'> {
  auth: AuthService;
  policy: DriftPolicy;
  store: Pick<ApprovalStore, 'ofModels' | 'lockModel'>;
  news: Pick<EvidenceNews, 'changed' | 'notice'>;
  reevaluations: Reevaluations;
  /** Models with this gateway id that somebody asked for. */
  modelsOf(gatewayId: string): Promise<string[]>;
  /** Suspends an approval as the hub itself; nothing for one that does not live. */
  suspend(tx: Knex.Transaction, id: string, reason: string): Promise<void>;
  /** Experiments that run. */
  running(): Promise<OnlineRecord[]>;
  /** Ends an experiment; nothing for one that is over. */
  end(id: string, reason: string): Promise<void>;
  wake(): void;
}

/**
 * What policy says when calls of a version differ from their reference. It
 * never lets anybody do more than before; people undo what it does.
 */
export class DriftActions {
  static create(options: DriftActionsOptions): DriftActions {
    return new DriftActions(options);
  }

  readonly #options: DriftActionsOptions;

  private constructor(options: DriftActionsOptions) {
    this.#options = options;
  }

  /** What would be done. */
  policy(): DriftPolicyItem[] {
    return presentPolicy(this.#options.policy);
  }

  /**
   * Once for each episode, however often it is told.
   *
   * @throws NotAllowedError for anybody but the usage backend
   */
  async report(
    credentials: BackstageCredentials,
    report: DriftReport,
  ): Promise<{ taken: DriftActionTaken[] }> {
    const { auth, modelsOf, transactions, outbox, wake } = this.#options;
    if (
      !auth.isPrincipal(credentials, 'service') ||
      credentials.principal.subject !== REPORTER
    ) {
      throw new NotAllowedError('Only the usage backend tells of drift.');
    }
    const entityRefs = await modelsOf(report.gatewayId);
    const experiments = await this.#experiments(report);
    const row = await transactions.run(tx =>
      this.#once(tx, report, entityRefs, experiments),
    );
    // Also after a report that was lost in between.
    for (const id of JSON.parse(row.experiments) as string[]) {
      await this.#options.end(
        id,
        `Calls of ${report.gatewayId} ${report.modelVersion} differ from their reference since ${report.since}: ${report.summary}. Everybody has the incumbent again.`,
      );
    }
    outbox.wake();
    wake();
    return { taken: JSON.parse(row.taken) };
  }

  async #once(
    tx: Knex.Transaction,
    report: DriftReport,
    entityRefs: string[],
    experiments: OnlineRecord[],
  ): Promise<Row> {
    const { clock, ledger } = this.#options;
    const row: Row = {
      episode: report.episode,
      gateway_id: report.gatewayId,
      model_version: report.modelVersion,
      reported_at: clock.now().toISOString(),
      taken: '[]',
      experiments: JSON.stringify(experiments.map(({ id }) => id)),
    };
    const [claimed] = await tx('drift_reports')
      .insert(row)
      .onConflict('episode')
      .ignore()
      .returning('episode');
    if (!claimed) {
      const first = await tx<Row>('drift_reports')
        .where({ episode: report.episode })
        .first();
      return first ?? row;
    }
    const taken: DriftActionTaken[] = [];
    for (const entityRef of entityRefs) {
      taken.push(...(await this.#act(tx, entityRef, report, row.reported_at)));
    }
    if (experiments.length > 0) {
      taken.push({
        action: 'canary-back',
        tiers: [...new Set(experiments.flatMap(({ tiers }) => tiers))],
        words: `${experiments.length} experiment${
          experiments.length === 1 ? '' : 's'
        } with it ended in favour of the incumbent.`,
      });
    }
    const text = JSON.stringify(taken);
    await tx('drift_reports')
      .where({ episode: report.episode })
      .update({ taken: text });
    await ledger.append(
      tx,
      entityRefs.map(entityRef => ({
        actor: { kind: 'system' as const },
        subject: entityRef,
        type: 'model.drifted',
        payload: {
          episode: report.episode,
          modelVersion: report.modelVersion,
          since: report.since,
          actions: [...new Set(taken.map(({ action }) => action))],
        },
        text: report.summary,
        entityRef,
      })),
    );
    return { ...row, taken: text };
  }

  async #act(
    tx: Knex.Transaction,
    entityRef: string,
    report: DriftReport,
    at: string,
  ): Promise<DriftActionTaken[]> {
    const { store } = this.#options;
    await store.lockModel(tx, entityRef);
    const approvals = (
      await store.ofModels([entityRef], [...openStates, ...livingStates], tx)
    ).filter(({ modelVersion }) => modelVersion === report.modelVersion);
    const asked = this.#with(approvals, 're-evaluate');
    const ended = this.#with(approvals, 'suspend').filter(
      ({ state }) => state === 'approved',
    );
    for (const approval of ended) {
      await this.#options.suspend(
        tx,
        approval.id,
        `Calls differ from their reference since ${report.since}: ${report.summary}. Look at ${report.link}, and clear the hold when that is as it should be.`,
      );
    }
    await this.#askAgain(tx, entityRef, asked, report, at);
    return [
      ...deedOf('suspend', ended, 'suspended until people clear the hold'),
      ...deedOf(
        're-evaluate',
        asked,
        'asked for new evaluations; those from before do not count',
      ),
    ];
  }

  #with(approvals: ApprovalRecord[], step: DriftActionName): ApprovalRecord[] {
    const { policy } = this.#options;
    return approvals.filter(({ tier }) => includes(policy[tier], step));
  }

  /** What was evaluated before does not count, and the people of approvals hear of it. */
  async #askAgain(
    tx: Knex.Transaction,
    entityRef: string,
    asked: ApprovalRecord[],
    report: DriftReport,
    at: string,
  ): Promise<void> {
    const { reevaluations, news } = this.#options;
    const reason = `Calls of the version differ from their reference since ${report.since} (${report.summary}). Evaluate it again.`;
    const pins = new Set(asked.flatMap(({ pin }) => pin ?? []));
    for (const pin of pins) {
      await reevaluations.ask(tx, { entityRef, pin }, { at, reason });
      const about = asked.filter(it => it.pin === pin);
      for (const gateId of gatesOf(about)) {
        await news.changed(
          tx,
          {
            type: 'gate.facts-changed',
            entityRef,
            pin,
            gateId,
            reason,
            approvalIds: about.map(({ id }) => id),
          },
          undefined,
        );
      }
    }
    for (const approval of asked) {
      if (livingStates.includes(approval.state)) {
        for (const gateId of gatesOf([approval]).slice(0, 1)) {
          await news.notice(tx, approval, {
            type: 'gate.evidence-outdated',
            gateId,
            text: reason,
            scope: `drift:${report.episode}`,
          });
        }
      }
    }
  }

  /** Those that give callers this version in place of another. */
  async #experiments(report: DriftReport): Promise<OnlineRecord[]> {
    const { running, policy } = this.#options;
    return (await running()).filter(
      ({ challenger, tiers }) =>
        challenger?.gatewayId === report.gatewayId &&
        challenger.version === report.modelVersion &&
        tiers.some(tier => includes(policy[tier], 'canary-back')),
    );
  }
}

function deedOf(
  action: DriftActionName,
  approvals: ApprovalRecord[],
  words: string,
): DriftActionTaken[] {
  if (approvals.length === 0) return [];
  const tiers = [...new Set(approvals.map(({ tier }): Tier => tier))];
  const what =
    approvals.length === 1
      ? '1 request or approval was'
      : `${approvals.length} requests and approvals were`;
  return [{ action, tiers, words: `${what} ${words}.` }];
}
