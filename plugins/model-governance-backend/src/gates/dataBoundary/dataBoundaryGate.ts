import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import {
  DATA_BOUNDARY_GATE,
  type DataBoundaryEvidence,
  type DataBoundaryRow,
} from '@modelhub/backstage-plugin-models-common';
import type {
  GateSubject,
  ModelGate,
} from '@modelhub/backstage-plugin-models-node';
import { outcomeOf, weighed, type WeighedFinding } from '../weigh';
import { paramsValidator } from '../builtIn/validateParams';
import {
  DATA_CLASSES,
  rowsOf,
  statementsOn,
  type BoundaryParams,
  type Statements,
} from './boundary';
import { PUBLISHED } from './facts';
import type { DataBoundaryConfig } from './readDataBoundaryConfig';

const FIELD: Record<DataBoundaryRow['question'], string> = {
  region: 'spec.data.regions',
  retention: 'spec.data.retentionDays',
  training: 'spec.provider',
};

const classes = { type: 'array', items: { enum: DATA_CLASSES } };

/** What policies have to know of the gate. */
export const dataBoundaryRules = {
  id: DATA_BOUNDARY_GATE,
  title: 'Data boundary',
  description:
    "The purpose's data stays in the regions that it may, is kept no longer than it may, and no model learns from it.",
  guidance: {
    by: 'owner',
    howTo:
      'Say in spec.data where prompts go and how long they are kept. What was agreed with a provider an administrator enters in modelGovernance.dataBoundary.',
  },
  validateParams: paramsValidator(
    {
      unknown: { enum: ['warn', 'needs-evidence', 'fail'] },
      silenceFineFor: classes,
      noTrainingFor: classes,
      allowedRegions: { type: 'array', items: { type: 'string' } },
      maxRetentionDays: { type: 'integer', minimum: 0 },
      disputed: { enum: ['note', 'warn', 'fail'] },
      oldestFactDays: { type: 'integer', minimum: 1 },
    },
    ['unknown'],
  ),
  paramOrder: {
    unknown: ['warn', 'needs-evidence', 'fail'],
    silenceFineFor: 'subset',
    noTrainingFor: 'superset',
    allowedRegions: 'subset',
    maxRetentionDays: 'lower',
    disputed: ['note', 'warn', 'fail'],
    oldestFactDays: 'lower',
  },
} satisfies Partial<ModelGate>;

const isHosted = ({ version }: Pick<GateSubject, 'version'>) =>
  version.artifact === undefined;

/**
 * Holds the purpose's classes of data, regions and retention against those of
 * the model, its provider or the organisation's own machines. Parameters:
 * `unknown`, what silence does; `silenceFineFor`, classes of which nobody needs
 * to say anything (`public`); `noTrainingFor`, classes from which no model may
 * learn (all but `public`); `allowedRegions` and `maxRetentionDays` beside those
 * of the purpose, the latter not for public data; `disputed`, what it does when
 * the model's file promises more than the provider (`warn`); `oldestFactDays`,
 * after which facts have to be read again.
 */
export function dataBoundaryGate(config: DataBoundaryConfig): ModelGate {
  return {
    ...dataBoundaryRules,
    factsOnly: true,
    version: `1-${sha256Hex(canonicalJson([PUBLISHED, config])).slice(0, 8)}`,
    // Facts grow old by themselves.
    maxAgeSeconds: 86_400,
    appliesTo: () => true,
    cacheKey: subject =>
      sha256Hex(
        canonicalJson([
          subject.decisionFactsHash,
          subject.entity.spec.provider,
          isHosted(subject),
          subject.purpose,
        ]),
      ),
    async evaluate(subject, jsonParams, { now }) {
      const params = jsonParams as unknown as BoundaryParams;
      const { entity, purpose } = subject;
      const hosted = isHosted(subject);
      const statements = statementsOn(entity, hosted, config);
      const rows = rowsOf(purpose, statements, params);
      const findings = [
        ...rows.flatMap(row => rowFindings(row, params, hosted)),
        ...disputeFindings(statements, params),
        ...ageFindings(rows, params, now),
      ];
      const evidence: DataBoundaryEvidence = {
        kind: 'data-boundary',
        checkedAt: now.toISOString(),
        purpose: purpose.title,
        runBy: hosted ? 'provider' : 'organisation',
        provider: entity.spec.provider,
        rows,
      };
      return outcomeOf(
        findings,
        `The data of "${purpose.title}" stays within its boundary.`,
        evidence,
      );
    },
  };
}

const SUBJECT: Record<DataBoundaryRow['question'], string> = {
  region: 'where it is processed',
  retention: 'how long it is kept',
  training: 'whether models learn from it',
};

function rowFindings(
  row: DataBoundaryRow,
  params: BoundaryParams,
  hosted: boolean,
): WeighedFinding[] {
  const { question, fits, asked, said, source } = row;
  const data =
    row.classes.length > 0 ? `Data (${row.classes.join(', ')})` : 'Data';
  const about = {
    id: `${question}-${row.classes[0] ?? 'any'}-${fits}`,
    field: FIELD[question],
    ...(source?.url && { link: source.url }),
  };
  if (fits === 'no') {
    return [
      weighed('fail', {
        ...about,
        message: `${data}: ${asked}, but ${verb(row)} ${said}.`,
        howToFix:
          question === 'region'
            ? 'Choose a model or provider in these regions, or a purpose that allows more. Regions are compared by name, as the gateway does: write them the same way in purpose and model.'
            : 'Choose another model or provider. What was agreed with the provider beyond its terms an administrator enters in modelGovernance.dataBoundary.',
      }),
    ];
  }
  if (fits !== 'unknown') return [];
  const fine = params.silenceFineFor ?? ['public'];
  const isFine = row.classes.every(one => fine.includes(one));
  return [
    weighed(isFine ? 'note' : params.unknown, {
      ...about,
      message: `${data}: ${asked}, but nobody says ${SUBJECT[question]}.`,
      howToFix:
        question === 'training'
          ? 'An administrator enters trainsOnInputs for the provider in modelGovernance.dataBoundary.providers, with its source.'
          : `The owner sets ${
              FIELD[question]
            }, or an administrator enters it in modelGovernance.dataBoundary.${
              hosted ? 'providers' : 'selfHosted'
            }.`,
    }),
  ];
}

function verb({ question, source }: DataBoundaryRow): string {
  const who = {
    model: "the model's file says",
    organisation: 'the organisation says',
    provider: 'the provider says',
  }[source?.by ?? 'model'];
  return question === 'training' ? `${who} that` : `${who}`;
}

function disputeFindings(
  { disputes }: Statements,
  { disputed = 'warn' }: BoundaryParams,
): WeighedFinding[] {
  return disputes.map((message, n) =>
    weighed(disputed, {
      id: `disputed-${n + 1}`,
      field: 'spec.data',
      message,
      howToFix:
        'Correct spec.data; or, where it was agreed, an administrator enters it in modelGovernance.dataBoundary with its source.',
    }),
  );
}

function ageFindings(
  rows: DataBoundaryRow[],
  { oldestFactDays }: BoundaryParams,
  now: Date,
): WeighedFinding[] {
  if (oldestFactDays === undefined) return [];
  const old = rows.flatMap(({ source }) => {
    const age = source?.asOf
      ? (now.getTime() - Date.parse(source.asOf)) / 86_400_000
      : 0;
    return source?.asOf && age > oldestFactDays ? [source] : [];
  });
  return [...new Map(old.map(it => [`${it.by} ${it.asOf}`, it])).values()].map(
    ({ asOf, url, by }) =>
      weighed('warn', {
        id: `old-${by}-${asOf}`,
        message: `What is said was read on ${asOf}, more than ${oldestFactDays} days ago.`,
        howToFix:
          'Read the terms again; an administrator enters them in modelGovernance.dataBoundary with the day.',
        ...(url && { link: url }),
      }),
  );
}
