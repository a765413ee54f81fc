import { agentRule } from '../agent/rules';
import { ATTRIBUTE } from './specRules';
import {
  anything,
  isRecord,
  jsonObject,
  listOf,
  mapOf,
  matching,
  oneOf,
  optional,
  record,
  text,
  whole,
  type Rule,
} from './rules';
import type { PackTask } from './types';

const LONGEST_INPUT = 256 * 1024;

const ID = /^[A-Za-z0-9._:/-]{1,128}$/;
export const id = matching(ID, '1 to 128 letters, digits, . _ - : and /');

const message = record({
  role: oneOf(['system', 'user', 'assistant', 'tool']),
  content: (value, path, tell) => {
    if (typeof value !== 'string') tell(path, 'must be a text');
  },
  toolCalls: optional(
    listOf(
      record({ id: text(128), name: text(128), arguments: anything }),
      1,
      50,
    ),
  ),
  toolCallId: optional(text(128)),
});

const input: Rule = (value, path, tell) => {
  if (!Array.isArray(value)) {
    text(LONGEST_INPUT)(value, path, tell);
    return;
  }
  listOf(message, 1, 500)(value, path, tell);
  const last: unknown = value[value.length - 1];
  if (isRecord(last) && last.role !== 'user' && last.role !== 'tool') {
    tell(path, 'must end with the user, whom the model is to answer');
  }
};

/** Tells what is wrong with a case of a task. */
export function caseRule(task: PackTask | undefined): Rule {
  const shape = record({
    id,
    input,
    expected: anything,
    slices: optional(
      mapOf(
        ATTRIBUTE,
        'an attribute such as language',
        matching(/^[^\p{Cc}]{1,128}$/u, 'a text of 1 to 128 characters'),
      ),
    ),
    behaviour: optional(oneOf(['refuse', 'comply'])),
    category: optional(
      matching(/^[^\p{Cc}]{1,64}$/u, 'a text of 1 to 64 characters'),
    ),
    relevant: optional(mapOf(ID, 'the id of a document', whole(1, 100))),
    scorers: optional(mapOf(/^.{1,128}$/u, 'a metric of the pack', jsonObject)),
    agent: optional(agentRule),
  });
  return (value, path, tell) => {
    shape(value, path, tell);
    if (!isRecord(value)) return;
    if (task === 'retrieval') {
      if (typeof value.input !== 'string') {
        tell([...path, 'input'], 'must be a text where the task is retrieval');
      }
      if (
        !isRecord(value.relevant) ||
        Object.keys(value.relevant).length === 0
      ) {
        tell([...path, 'relevant'], 'must name the documents that are right');
      }
    }
    if (task === 'completion' && typeof value.input !== 'string') {
      tell([...path, 'input'], 'must be a text where the task is completion');
    }
    if (task === 'agent' && value.agent === undefined) {
      tell([...path, 'agent'], 'must be there where the task is agent');
    }
    if (task !== 'agent' && value.agent !== undefined) {
      tell([...path, 'agent'], 'is only for packs whose task is agent');
    }
  };
}

export const documentRule = record({ id, text: text(LONGEST_INPUT) });
