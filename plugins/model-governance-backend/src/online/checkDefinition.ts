import { InputError } from '@backstage/errors';
import {
  onlineMeasureOf,
  ONLINE_MEASURES,
  type OnlineExperimentInput,
} from '@modelhub/backstage-plugin-models-common';
import Ajv from 'ajv';
import { RE2JS } from 're2js';

type Scorer = NonNullable<OnlineExperimentInput['scorers']>[number];

/** As the gateway refuses them. */
const COSTLY = /"(?:uniqueItems|\$ref|\$dynamicRef|\$recursiveRef)"/;

/** @throws InputError that names the scorer and says what to do */
function checkScorer({ metric, type, pattern, schema }: Scorer): void {
  const wrong = (problem: string) =>
    new InputError(`The metric '${metric}' ${problem}`);
  if (Object.hasOwn(ONLINE_MEASURES, metric)) {
    throw wrong('is measured anyway. Choose another name for the scorer.');
  }
  if ((pattern !== undefined) !== (type === 'regex')) {
    throw wrong(
      type === 'regex'
        ? 'needs a pattern to look for.'
        : 'has a pattern, which belongs to scorers of type regex.',
    );
  }
  if ((schema !== undefined) !== (type === 'json-schema')) {
    throw wrong(
      type === 'json-schema'
        ? 'needs a JSON schema.'
        : 'has a schema, which belongs to scorers of type json-schema.',
    );
  }
  try {
    if (pattern !== undefined) RE2JS.compile(pattern);
    if (schema !== undefined)
      new Ajv({ strict: false }).compile(JSON.parse(schema));
  } catch (error) {
    throw wrong(
      `cannot be read: ${
        (error as Error).message
      }. Patterns are in RE2's syntax, schemas are JSON schemas.`,
    );
  }
  if (schema !== undefined && COSTLY.test(schema)) {
    throw wrong(
      'has a schema with uniqueItems or references, which can take a gateway too long. Write it without them.',
    );
  }
}

/**
 * What the document of the API cannot say about an experiment.
 *
 * @throws InputError that says what to do
 */
export function checkDefinition(input: OnlineExperimentInput): void {
  const { scorers = [], challenger, share = 0, stopRule } = input;
  scorers.forEach(checkScorer);
  const twice = scorers.find(
    ({ metric }, at) => scorers.findIndex(it => it.metric === metric) < at,
  );
  if (twice) {
    throw new InputError(
      `The metric '${twice.metric}' comes twice. Give each scorer a name of its own.`,
    );
  }
  if ((challenger !== undefined) !== share > 0) {
    throw new InputError(
      challenger === undefined
        ? 'share is the part of the callers that gets the challenger. Name a challenger, or leave share out to score answers alone.'
        : 'Say which share of the callers gets the challenger: above 0, to 0.5.',
    );
  }
  if (!stopRule) return;
  if (!challenger) {
    throw new InputError(
      'A stop rule compares two models. Name a challenger, or leave stopRule out.',
    );
  }
  if (!onlineMeasureOf(scorers, stopRule.metric)) {
    throw new InputError(
      `There is no metric '${stopRule.metric}' to stop by. There are: ${[
        ...Object.keys(ONLINE_MEASURES),
        ...scorers.map(({ metric }) => metric),
      ].join(', ')}.`,
    );
  }
  if (stopRule.metric === 'failed') {
    throw new InputError(
      'Failed calls stop every experiment, by failureMargin. Choose another metric for the stop rule.',
    );
  }
}
