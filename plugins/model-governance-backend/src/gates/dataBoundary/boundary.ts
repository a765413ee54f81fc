import type {
  DataBoundaryRow,
  DataBoundarySource,
  ModelEntityV1alpha1,
  Purpose,
} from '@modelhub/backstage-plugin-models-common';
import { PUBLISHED, type DataFacts } from './facts';
import type { DataBoundaryConfig } from './readDataBoundaryConfig';

type DataClass = Purpose['dataClasses'][number];

/** What policies can tell the gate. */
export interface BoundaryParams {
  unknown: 'warn' | 'needs-evidence' | 'fail';
  silenceFineFor?: DataClass[];
  noTrainingFor?: DataClass[];
  allowedRegions?: string[];
  maxRetentionDays?: number;
  disputed?: 'note' | 'warn' | 'fail';
  oldestFactDays?: number;
}

export const DATA_CLASSES: DataClass[] = [
  'public',
  'internal',
  'confidential',
  'personal',
  'special-category',
];

/** Something that somebody says. */
export interface Said<T> {
  value: T;
  source: DataBoundarySource;
}

/** Everything that is said about where data goes. */
export interface Statements {
  regions?: Said<string[]>;
  retentionDays?: Said<number>;
  trainsOnInputs?: Said<'no' | 'yes' | 'opt-out'>;
  /** Where the model's file promises more than the provider does. */
  disputes: string[];
}

/** Text as it is compared: regions are names, not places. */
const folded = (region: string) => region.trim().toLowerCase();

/**
 * Who says what. The model's file counts first, as it does in the gateway, then
 * what the organisation agreed, then what the provider publishes; what the file
 * promises beyond both is disputed.
 */
export function statementsOn(
  entity: ModelEntityV1alpha1,
  isHosted: boolean,
  config: DataBoundaryConfig,
): Statements {
  const provider = entity.spec.provider.toLowerCase();
  const agreed = isHosted ? config.providers[provider] : config.selfHosted;
  const published =
    isHosted && Object.hasOwn(PUBLISHED, provider)
      ? PUBLISHED[provider]
      : undefined;
  const claim = entity.spec.data ?? {};
  const from = (
    by: DataBoundarySource['by'],
    facts: DataFacts | undefined,
  ): DataBoundarySource => ({
    by,
    ...(facts?.url && { url: facts.url }),
    ...(facts?.asOf && { asOf: facts.asOf }),
  });
  const first = <T>(
    own: T | undefined,
    pick: (facts: DataFacts) => T | undefined,
  ): Said<T> | undefined => {
    const word = agreed && pick(agreed);
    const term = published && pick(published);
    if (own !== undefined) return { value: own, source: { by: 'model' } };
    if (word !== undefined) {
      return { value: word, source: from('organisation', agreed) };
    }
    return term === undefined
      ? undefined
      : { value: term, source: from('provider', published) };
  };
  const regions = claim.regions?.length ? claim.regions.map(folded) : undefined;
  const backing = {
    regions: agreed?.regions ?? published?.regions,
    retentionDays: agreed?.retentionDays ?? published?.retentionDays,
  };
  const who = agreed ? 'the organisation agreed on' : 'the provider publishes';
  const disputes = [
    ...(regions &&
    backing.regions &&
    regions.some(region => !backing.regions?.includes(region))
      ? [
          `The model's file says ${regions.join(
            ', ',
          )}; ${who} ${backing.regions.join(', ')}.`,
        ]
      : []),
    ...(claim.retentionDays !== undefined &&
    backing.retentionDays !== undefined &&
    claim.retentionDays < backing.retentionDays
      ? [
          `The model's file says ${days(claim.retentionDays)}; ${who} ${days(
            backing.retentionDays,
          )}.`,
        ]
      : []),
  ];
  return {
    regions: first(regions, facts => facts.regions),
    retentionDays: first(claim.retentionDays, facts => facts.retentionDays),
    trainsOnInputs: isHosted
      ? first(undefined, facts => facts.trainsOnInputs)
      : { value: 'no', source: { by: 'organisation' } },
    disputes,
  };
}

/** `not at all`, `30 days`. */
export function days(count: number): string {
  if (count === 0) return 'not at all';
  return count === 1 ? '1 day' : `${count} days`;
}

const TRAINING = {
  no: 'no model learns from it',
  yes: 'models learn from it',
  'opt-out': 'models learn from it unless one objects',
};

/** Classes to which a row of the policy applies, in the order of the scale. */
const among = (purpose: Purpose, wanted: (one: DataClass) => boolean) =>
  DATA_CLASSES.filter(one => purpose.dataClasses.includes(one) && wanted(one));

/** What is asked for each class of data, what is said, and whether it fits. */
export function rowsOf(
  purpose: Purpose,
  statements: Statements,
  params: BoundaryParams,
): DataBoundaryRow[] {
  const { regions, retentionDays, trainsOnInputs } = statements;
  const beyondPublic = among(purpose, one => one !== 'public');
  const allowed = regionsAsked(purpose, params);
  const region: DataBoundaryRow = {
    question: 'region',
    classes: among(purpose, () => true),
    asked: asWords(allowed),
    ...(regions && { said: regions.value.join(', '), source: regions.source }),
    fits: regionFits(allowed, regions?.value),
  };
  return [
    region,
    ...retentionRows(purpose, retentionDays, params),
    ...trainingRows(purpose, trainsOnInputs, params, beyondPublic),
  ].filter(
    ({ classes }) => classes.length > 0 || purpose.dataClasses.length === 0,
  );
}

function asWords(allowed: string[] | undefined): string {
  if (!allowed) return 'in any region';
  return allowed.length === 0
    ? 'in no region: purpose and policy have none in common'
    : `only in ${allowed.join(', ')}`;
}

/** Undefined where any region will do. */
function regionsAsked(
  purpose: Purpose,
  { allowedRegions }: BoundaryParams,
): string[] | undefined {
  const own = purpose.regions.map(folded);
  const policy = allowedRegions?.map(folded);
  if (own.length === 0) return policy;
  return policy ? own.filter(one => policy.includes(one)) : own;
}

function regionFits(
  allowed: string[] | undefined,
  said: string[] | undefined,
): DataBoundaryRow['fits'] {
  if (!allowed) return 'not-asked';
  if (!said || said.length === 0) return 'unknown';
  return said.every(one => allowed.includes(one)) ? 'yes' : 'no';
}

const mostWords = (most: number) =>
  most === 0 ? 'not at all' : `at most ${days(most)}`;

function retentionRows(
  purpose: Purpose,
  said: Said<number> | undefined,
  params: BoundaryParams,
): DataBoundaryRow[] {
  const row = (
    classes: DataClass[],
    most: number | undefined,
  ): DataBoundaryRow => ({
    question: 'retention',
    classes,
    asked: most === undefined ? 'for any time' : mostWords(most),
    ...(said && { said: days(said.value), source: said.source }),
    fits: retentionFits(most, said?.value),
  });
  const own = purpose.maxRetentionDays;
  const policy = params.maxRetentionDays;
  // Nobody is harmed when what is public anyway is kept.
  const strict = [own, policy].filter(it => it !== undefined);
  const most = strict.length > 0 ? Math.min(...strict) : undefined;
  if (most === own)
    return [
      row(
        among(purpose, () => true),
        own,
      ),
    ];
  return [
    row(
      among(purpose, one => one === 'public'),
      own,
    ),
    row(
      among(purpose, one => one !== 'public'),
      most,
    ),
  ].filter(({ classes }) => classes.length > 0);
}

function retentionFits(
  most: number | undefined,
  said: number | undefined,
): DataBoundaryRow['fits'] {
  if (most === undefined) return 'not-asked';
  if (said === undefined) return 'unknown';
  return said <= most ? 'yes' : 'no';
}

function trainingRows(
  purpose: Purpose,
  said: Statements['trainsOnInputs'],
  params: BoundaryParams,
  beyondPublic: DataClass[],
): DataBoundaryRow[] {
  const guarded = params.noTrainingFor
    ? among(purpose, one => params.noTrainingFor?.includes(one) === true)
    : beyondPublic;
  const fits = (): DataBoundaryRow['fits'] => {
    if (!said) return 'unknown';
    return said.value === 'no' ? 'yes' : 'no';
  };
  return guarded.length === 0
    ? []
    : [
        {
          question: 'training',
          classes: guarded,
          asked: 'no model may learn from it',
          ...(said && { said: TRAINING[said.value], source: said.source }),
          fits: fits(),
        },
      ];
}
