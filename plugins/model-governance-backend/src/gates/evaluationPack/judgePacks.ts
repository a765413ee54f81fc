import type {
  PackStanding,
  SetAsideRun,
} from '@modelhub/backstage-plugin-models-common';
import type {
  GateContext,
  GateOutcome,
  GateSubject,
} from '@modelhub/backstage-plugin-models-node';
import {
  canonicalJson,
  sha256Hex,
  type EvaluationType,
} from '@modelhub/governance-protocol';
import type { SubmittedRun } from '../evaluationRun';
import { weighed, type Weight, type WeighedFinding } from '../weigh';
import { countCases, resultsOf } from './countingResults';
import {
  judgeCriteria,
  measures,
  targetFinding,
  type Thresholds,
} from './judgeCriteria';
import { DEFAULT_MAX_AGE_DAYS, type PackParams } from './packParams';
import {
  resolvePacks,
  type KnownPack,
  type PackGateOptions,
} from './resolvePacks';

/** One pack with the newest result that counts, and what is to be said of it. */
export interface JudgedPack {
  pack: KnownPack;
  newest?: SubmittedRun;
  standing: PackStanding;
  findings: WeighedFinding[];
}

/** Ids of the gates that judge results of packs. */
export const PACK_GATES = ['evaluation', 'fairness', 'safety'];

/** What answers of these gates depend on beside the pin. */
export const packCacheKey = ({
  entity,
  tier,
  purpose,
  profile,
}: GateSubject): string =>
  sha256Hex(
    canonicalJson([
      entity.spec.gatewayId,
      entity.spec.tasks ?? [],
      tier,
      purpose.id,
      profile,
    ]),
  );

/** Something is to be mended that no run mends. */
export const unanswerable = (problems: string[]): GateOutcome => ({
  verdict: 'error',
  isFinal: true,
  summary: problems.join(' '),
  findings: problems.map((message, index) => ({
    id: `pack-problem-${index + 1}`,
    severity: 'high',
    message,
    howToFix:
      'Whoever answers for the policy, or for the pack, has to mend it; a new run changes nothing.',
  })),
});

/** What the findings of a pack make of it. */
export function standingOfPack(
  findings: WeighedFinding[],
): PackStanding['standing'] {
  const has = (weight: Weight) => findings.some(it => it.weight === weight);
  if (has('fail')) return 'missed';
  if (has('needs-evidence')) return 'missing';
  return has('warn') ? 'uncertain' : 'met';
}

const setAsideFinding = (
  { because, suite, evidenceId }: SetAsideRun,
  command: string | undefined,
): WeighedFinding =>
  weighed('note', {
    id: `set-aside-${evidenceId}`,
    message: `A run of ${suite} does not count: ${because}`,
    howToFix: command
      ? `Run \`${command}\`.`
      : 'Submit runs to the check that asks for their pack.',
  });

function judgePack(
  pack: KnownPack,
  results: { counting: SubmittedRun[]; setAside: SetAsideRun[] },
  options: {
    thresholds?: Thresholds;
    minCases?: number;
    withConfidence: boolean;
  },
): JudgedPack {
  const { asked } = pack;
  const { setAside } = results;
  const newest = results.counting.at(0);
  const targets = judgeCriteria(
    pack,
    options.thresholds,
    newest,
    options.minCases,
  );
  const findings = newest
    ? targets.flatMap(
        target =>
          targetFinding(target, {
            pack,
            withConfidence: options.withConfidence,
          }) ?? [],
      )
    : [
        weighed('needs-evidence', {
          id: `missing-${pack.name}`,
          message:
            setAside.length > 0
              ? `No result of ${asked.title} ${asked.version} counts: ${setAside[0].because}`
              : `Nobody has submitted a result of ${asked.title} ${asked.version}.`,
          howToFix: `Run \`${asked.command}\` against the endpoint that is to serve the model.`,
        }),
      ];
  const { spec } = pack;
  if (spec.lifecycle === 'deprecated') {
    findings.push(
      weighed('note', {
        id: `deprecated-${pack.name}`,
        message: `${asked.title} is deprecated in the catalog, and the policy still asks for it.`,
        howToFix: 'Whoever answers for the policy names its successor.',
      }),
    );
  }
  if (newest?.result && pack.digest === undefined) {
    findings.push(
      weighed('note', {
        id: `unread-${pack.name}`,
        message: `Nobody here has read the contents of ${asked.title} ${asked.version}, so it is the word of the result that these were its cases.`,
        howToFix:
          'Let the portal read the location of the pack; its page says what is in the way.',
      }),
    );
  }
  const failures = newest?.result?.failures?.length;
  return {
    pack,
    newest,
    findings: [
      ...findings,
      ...setAside.map(run => setAsideFinding(run, asked.command)),
    ],
    standing: {
      pack: asked,
      standing: 'met',
      ...(newest && { run: newest.reference }),
      ...(newest?.result && { cases: countCases(newest.result) }),
      targets,
      comparisons: [],
      setAside,
      ...(failures !== undefined && { failures }),
    },
  };
}

/** Packs of a policy, judged by their own criteria and the policy's thresholds. */
export interface JudgedPacks {
  packs: JudgedPack[];
  /** About no pack, or about one that is for something else. */
  findings: WeighedFinding[];
  /** No pack of the policy is for something else. */
  isWhole: boolean;
  maxAgeDays: number;
}

/** Resolves and judges; an outcome instead where nothing can be asked. */
export async function judgePacks(
  gate: { id: string; types: EvaluationType[]; withRuns: boolean },
  subject: GateSubject,
  params: PackParams & { thresholds?: Thresholds },
  context: GateContext,
  options: PackGateOptions,
): Promise<JudgedPacks | { outcome: GateOutcome }> {
  const resolved = await resolvePacks(
    context,
    subject,
    { gateId: gate.id, packs: params.packs, types: gate.types },
    options,
  );
  const { packs: known, others, problems } = resolved;
  const unmeasured = Object.keys(params.thresholds ?? {}).filter(
    metric => !known.some(pack => measures(pack, metric)),
  );
  // Where a pack fell away, it may have been the one that measures it.
  const isWhole = others.length === 0;
  if (isWhole) {
    problems.push(
      ...unmeasured.map(
        metric =>
          `The policy has a threshold for '${metric}', which none of its packs measures.`,
      ),
    );
  }
  if (problems.length > 0) return { outcome: unanswerable(problems) };
  const maxAgeDays = params.maxAgeDays ?? DEFAULT_MAX_AGE_DAYS;
  const { byPack, others: foreign } = await resultsOf(context, known, {
    gatewayId: subject.entity.spec.gatewayId,
    maxAgeDays,
    minCases: params.minCases,
    maxFailedShare: params.maxFailedShare,
    withRuns: gate.withRuns,
  });
  return {
    packs: known.map(pack =>
      judgePack(pack, byPack.get(pack) ?? { counting: [], setAside: [] }, {
        thresholds: params.thresholds,
        minCases: params.minCases,
        withConfidence: params.withConfidence ?? false,
      }),
    ),
    findings: [
      ...others.map((it, index) =>
        weighed(
          // The card is the owner's own word, so people should see that it counted.
          known.length === 0 && it.byCard ? 'warn' : 'note',
          {
            id: `other-pack-${index + 1}`,
            message: it.because,
            // A purpose that is another one is nothing to be mended.
            ...(it.byCard && {
              howToFix:
                'Where the model does the task all the same, its owner adds it to spec.tasks of the card.',
            }),
          },
        ),
      ),
      ...foreign.map(run => setAsideFinding(run, undefined)),
    ],
    isWhole,
    maxAgeDays,
  };
}

/** What is said where nothing is to be found fault with. */
export function allMet(packs: JudgedPack[]): string {
  if (packs.length === 0) {
    return 'None of the packs is for this model and purpose.';
  }
  const titles = packs.map(
    ({ pack: { asked } }) => `${asked.title} ${asked.version}`,
  );
  return `What is asked is met: ${titles.join(', ')}.`;
}
