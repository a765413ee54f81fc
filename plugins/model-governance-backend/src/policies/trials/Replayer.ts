import {
  tierCovers,
  type PolicyReplay,
  type ReplayedApproval,
} from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import { decide, type PolicyLayers } from '@modelhub/policies';
import type { AccessDirectory } from '../../access/AccessService';
import type { ApprovalRecord, SignOffRecord } from '../../approvals/records';
import { livingStates } from '../../approvals/records';
import type { GateService } from '../../gates/GateService';
import type { Organisation } from '../../organisation';
import type { CallHistory, SummedCalls } from './CallHistory';
import {
  changesFor,
  gatesInQuestion,
  judgeApproval,
  type ApprovalFacts,
  type Judgement,
  type KnownVerdict,
  type Signed,
} from './judgeApproval';
import { SubjectFacts, type Looked } from './SubjectFacts';

/** Approvals that are read at one time. */
const PAGE = 500;
/** Approvals that are judged at one time; fewer than the database has connections. */
const AT_ONCE = 6;
const USUAL_DAYS = 90;

/** What a replay reads of approvals. */
export interface ReplayApprovals {
  batch(
    states: ApprovalRecord['state'][],
    after: string,
    limit: number,
  ): Promise<ApprovalRecord[]>;
  signOffs(approvalId: string): Promise<SignOffRecord[]>;
}

export interface ReplayerDeps {
  approvals: ReplayApprovals;
  gates: Pick<GateService, 'foresee' | 'results'>;
  organisation: Pick<Organisation, 'models' | 'groupsOf'>;
  access: Pick<AccessDirectory, 'purposes'>;
  calls: CallHistory;
  clock: Clock;
}

interface Replay {
  inForce: PolicyLayers;
  proposed: PolicyLayers;
  facts: SubjectFacts;
  now: Date;
  /** Answers of checks, by question. */
  verdicts: Map<string, Promise<Map<string, KnownVerdict>>>;
}

/** What becomes of one living approval. */
interface Outcome {
  approval: Pick<
    ApprovalRecord,
    'gatewayId' | 'profile' | 'purpose' | 'tier' | 'state'
  >;
  /** Undefined where nobody can tell. */
  judgement?: Judgement;
}

type ReplayedCalls = PolicyReplay['calls'];

/** Decides what lives once more, under other policies. Nothing is written. */
export class Replayer {
  static create(deps: ReplayerDeps): Replayer {
    return new Replayer(deps);
  }

  readonly #deps: ReplayerDeps;

  private constructor(deps: ReplayerDeps) {
    this.#deps = deps;
  }

  async replay(input: {
    inForce: PolicyLayers;
    proposed: PolicyLayers;
    days?: number;
  }): Promise<PolicyReplay> {
    const now = this.#deps.clock.now();
    const replay: Replay = {
      inForce: input.inForce,
      proposed: input.proposed,
      facts: SubjectFacts.create(this.#deps),
      now,
      verdicts: new Map(),
    };
    const items: ReplayedApproval[] = [];
    const outcomes: Outcome[] = [];
    for (let after = ''; ; ) {
      const page = await this.#deps.approvals.batch(livingStates, after, PAGE);
      await replay.facts.prepare(page);
      for (let first = 0; first < page.length; first += AT_ONCE) {
        const some = page.slice(first, first + AT_ONCE);
        const judged = await Promise.all(
          some.map(approval => this.#judge(replay, approval)),
        );
        some.forEach((approval, n) => {
          const judgement = judged[n];
          const { gatewayId, profile, purpose, tier, state } = approval;
          outcomes.push({
            approval: { gatewayId, profile, purpose, tier, state },
            judgement,
          });
          if (judgement && judgement.effect !== 'unchanged') {
            items.push(present(approval, judgement));
          }
        });
      }
      if (page.length < PAGE) break;
      after = page.at(-1)!.id;
    }
    const count = (effect: ReplayedApproval['effect']) =>
      outcomes.filter(({ judgement }) => judgement?.effect === effect).length;
    return {
      version: input.proposed.version,
      baseVersion: input.inForce.version,
      at: now.toISOString(),
      approvals: {
        looked: outcomes.length,
        ends: count('ends'),
        stricter: count('stricter'),
        looser: count('looser'),
        unchanged: count('unchanged'),
        unknown: outcomes.filter(({ judgement }) => !judgement).length,
        items: items.sort(inOrder),
      },
      calls: replayCalls(
        await this.#deps.calls.summed(input.days ?? USUAL_DAYS),
        outcomes,
      ),
    };
  }

  async #judge(
    replay: Replay,
    approval: ApprovalRecord,
  ): Promise<Judgement | undefined> {
    const looked = await replay.facts.look(approval);
    if (!looked) return undefined;
    const current = decide(replay.inForce, looked.input, replay.now);
    const proposed = decide(replay.proposed, looked.input, replay.now);
    const facts: ApprovalFacts = {
      isStandard: approval.kind === 'standard',
      then: approval.policyDecision ?? current,
      current,
      proposed,
      approvedAt: approval.approvedAt,
      expiresAt: approval.expiresAt,
      now: replay.now,
      signed: [],
      waived: [],
      verdictOf: () => ({ verdict: 'unknown' }),
      gateOf: id => replay.proposed.gates.get(id),
    };
    const changes = changesFor(facts);
    if (changes.length === 0) return { effect: 'unchanged', reasons: [] };
    if (changes.some(({ role }) => role)) {
      facts.signed = await this.#signed(replay, approval);
    }
    if (changes.some(({ gateId }) => gateId)) {
      facts.waived = await this.#waived(approval);
    }
    const asked = gatesInQuestion(facts).filter(
      id => !facts.waived.includes(id),
    );
    if (asked.length > 0) {
      const verdicts = await this.#verdicts(replay, looked, facts, asked);
      facts.verdictOf = id => verdicts.get(id) ?? { verdict: 'unknown' };
    }
    return judgeApproval(facts);
  }

  /** Who signed in the round that counts. */
  async #signed(replay: Replay, { id, round }: ApprovalRecord) {
    const signOffs = await this.#deps.approvals.signOffs(id);
    return Promise.all(
      signOffs
        .filter(
          one =>
            one.round === round && one.decision === 'approve' && !one.voidAt,
        )
        .map(
          async ({ role, secondFactor, by, onBehalfOf }): Promise<Signed> => ({
            role,
            secondFactor,
            groups: await replay.facts.groupsOf(onBehalfOf ?? by),
          }),
        ),
    );
  }

  async #waived({ id }: ApprovalRecord): Promise<string[]> {
    const results = await this.#deps.gates.results([id]);
    return (results.get(id) ?? [])
      .filter(({ status }) => status === 'waived')
      .map(({ gateId }) => gateId);
  }

  /** The same question is asked once for all approvals. */
  async #verdicts(
    { verdicts }: Replay,
    { subject, purpose, input }: Looked,
    { proposed }: ApprovalFacts,
    ids: string[],
  ): Promise<Map<string, KnownVerdict>> {
    const demands = proposed.gates.filter(({ id }) => ids.includes(id));
    const question = JSON.stringify([
      subject.entityRef,
      subject.pin,
      input.tier,
      input.purpose,
      input.profile,
      demands,
    ]);
    const known = verdicts.get(question);
    if (known) return known;
    const asked = this.#deps.gates
      .foresee(
        {
          entity: subject.entity,
          entityRef: subject.entityRef,
          version: subject.version!,
          pin: subject.pin!,
          decisionFactsHash: subject.decisionFactsHash,
          tier: input.tier,
          purpose,
          profile: input.profile ?? '',
        },
        demands,
      )
      .then(
        found => new Map(found.map(gate => [gate.gateId, verdictOf(gate)])),
      );
    verdicts.set(question, asked);
    return asked;
  }
}

type Foreseen = Awaited<ReturnType<GateService['foresee']>>[number];

function verdictOf({ applies, answer }: Foreseen): KnownVerdict {
  if (!applies) return { verdict: 'not-applicable' };
  switch (answer?.verdict) {
    case 'pass':
    case 'warn':
      return { verdict: 'pass', summary: answer.summary };
    case 'fail':
      return { verdict: 'fail', summary: answer.summary };
    default:
      return { verdict: 'unknown' };
  }
}

function present(
  approval: ApprovalRecord,
  judgement: Judgement,
): ReplayedApproval {
  return {
    id: approval.id,
    entityRef: approval.entityRef,
    title: approval.title ?? approval.entityRef,
    version: approval.modelVersion,
    tier: approval.tier,
    purpose: approval.purpose,
    profile: approval.profile,
    ...(approval.expiresAt && { expiresAt: approval.expiresAt }),
    ...judgement,
  };
}

function inOrder(a: ReplayedApproval, b: ReplayedApproval): number {
  const rank = ['ends', 'stricter', 'looser', 'unchanged'];
  return (
    rank.indexOf(a.effect) - rank.indexOf(b.effect) ||
    a.entityRef.localeCompare(b.entityRef) ||
    a.id.localeCompare(b.id)
  );
}

/** Calls that pass by an approval today, and would by none. */
function replayCalls(history: SummedCalls, outcomes: Outcome[]): ReplayedCalls {
  const byScope = new Map<string, Outcome[]>();
  const keyOf = (gatewayId: string, profile: string, purpose: string) =>
    JSON.stringify([gatewayId, profile, purpose]);
  for (const outcome of outcomes) {
    const { gatewayId, profile, purpose, state } = outcome.approval;
    if (state !== 'approved') continue;
    const key = keyOf(gatewayId, profile, purpose);
    byScope.set(key, [...(byScope.get(key) ?? []), outcome]);
  }
  const byModel = history.items.flatMap(
    ({ model, profile, purpose, tier, calls, lastAt }) => {
      const covering = (
        byScope.get(keyOf(model, profile, purpose)) ?? []
      ).filter(({ approval }) => tierCovers(approval.tier, tier));
      const ends = covering.filter(
        ({ judgement }) => judgement?.effect === 'ends',
      );
      if (ends.length === 0 || ends.length < covering.length) return [];
      const reason =
        ends[0].judgement?.reasons[0]?.message ?? 'Its approval ends.';
      return [
        { gatewayId: model, profile, purpose, tier, calls, reason, lastAt },
      ];
    },
  );
  const sum = (items: Array<{ calls: number }>) =>
    items.reduce((total, { calls }) => total + calls, 0);
  return {
    known: history.known,
    from: history.from,
    to: history.to,
    looked: sum(history.items),
    wouldBeRefused: sum(byModel),
    byModel: byModel.sort((a, b) => b.calls - a.calls),
  };
}
