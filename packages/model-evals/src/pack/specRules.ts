import { EVALUATION_TYPES } from '@modelhub/governance-protocol';
import { PACK_LIMITS } from './limits';
import {
  anything,
  finite,
  isRecord,
  jsonObject,
  listOf,
  matching,
  must,
  number,
  oneOf,
  optional,
  record,
  text,
  whole,
  type Rule,
} from './rules';

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const METRIC = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** https://semver.org, as its own pattern has it. */
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z.-]{1,64})?(?:\+[0-9A-Za-z.-]{1,64})?$/;

export const ATTRIBUTE = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

const scorer = record({
  name: matching(METRIC, 'a name of letters, digits, _ and -'),
  type: text(64),
  params: optional(jsonObject),
});

const criterion: Rule = (value, path, tell) => {
  record({
    metric: text(128),
    statistic: optional(
      oneOf(['p50', 'p90', 'p95', 'p99', 'mean', 'max', 'rate']),
    ),
    slice: optional(matching(/^[^=]{1,64}=.{1,128}$/u, 'like language=de')),
    atLeast: optional(finite),
    atMost: optional(finite),
  })(value, path, tell);
  if (
    isRecord(value) &&
    (value.atLeast === undefined) === (value.atMost === undefined)
  ) {
    tell(path, 'needs exactly one of atLeast and atMost');
  }
};

const request: Rule = (value, path, tell) => {
  record({
    system: optional(text(65_536)),
    template: optional(
      must(
        it => typeof it === 'string' && it.includes('{{input}}'),
        'a text with {{input}} in it',
      ),
    ),
    temperature: optional(number(0, 2)),
    topP: optional(number(0, 1)),
    maxTokens: optional(whole(1, 131_072)),
    stop: optional(listOf(text(256), 1, 4)),
    samples: optional(whole(1, PACK_LIMITS.samples)),
    extraBody: optional(jsonObject),
  })(value, path, tell);
  if (
    isRecord(value) &&
    Number(value.samples ?? 1) > 1 &&
    !(Number(value.temperature ?? 0) > 0)
  ) {
    tell(
      [...path, 'samples'],
      'above 1 needs a temperature above 0; else every answer is the same',
    );
  }
};

const fairness = record({
  attributes: listOf(matching(ATTRIBUTE, 'an attribute of the slices'), 1, 20),
  metric: text(128),
  positiveLabel: optional(text(256)),
  minimumCases: optional(whole(2, PACK_LIMITS.cases)),
});

/** Relative, below the pack's folder. */
export const isInside = (path: string): boolean =>
  /^[A-Za-z0-9._/ -]{1,255}$/.test(path) &&
  !path.startsWith('/') &&
  !path.split('/').includes('..');

const file = must(
  value => typeof value === 'string' && isInside(value),
  'a file in the folder of the pack, such as ./cases.jsonl',
);

const spec = record({
  type: oneOf(EVALUATION_TYPES.filter(type => type !== 'online')),
  version: matching(SEMVER, 'a semantic version such as 1.0.0'),
  owner: text(256),
  lifecycle: text(64),
  system: optional(text(256)),
  purposes: optional(listOf(text(128), 0, 100)),
  modelTasks: optional(listOf(text(128), 0, 100)),
  license: optional(text(128)),
  task: oneOf(['chat', 'completion', 'retrieval', 'agent']),
  request: optional(request),
  scorers: listOf(scorer, 1, PACK_LIMITS.scorers),
  criteria: optional(listOf(criterion, 0, PACK_LIMITS.criteria)),
  fairness: optional(fairness),
  cases: file,
  documents: optional(file),
});

/** The whole `pack.yaml`: a catalog entity, whose metadata may hold more than is looked at here. */
export const packRule: Rule = (value, path, tell) => {
  record({
    apiVersion: must(
      it => typeof it === 'string' && it.startsWith('modelhub.dev/'),
      'modelhub.dev/v1alpha1',
    ),
    kind: must(it => it === 'EvaluationPack', 'EvaluationPack'),
    metadata: jsonObject,
    spec,
    // What a catalog adds when the entity has gone through it.
    relations: anything,
    status: anything,
  })(value, path, tell);
  if (!isRecord(value) || !isRecord(value.metadata)) return;
  const { name, namespace, title, description } = value.metadata;
  const at = (field: string) => [...path, 'metadata', field];
  matching(NAME, 'a name such as acme-tickets')(name, at('name'), tell);
  optional(matching(NAMESPACE, 'a namespace such as default'))(
    namespace,
    at('namespace'),
    tell,
  );
  optional(text(256))(title, at('title'), tell);
  optional(text(16_384))(description, at('description'), tell);
};
