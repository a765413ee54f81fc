import { safeRegex } from '../scorers/text/safeRegex';
import { schemaProblem } from './argumentProblem';
import {
  anything,
  flag,
  isRecord,
  jsonObject,
  listOf,
  mapOf,
  matching,
  must,
  oneOf,
  optional,
  record,
  text,
  whole,
  type Rule,
} from '../pack/rules';

const NAME = /^[A-Za-z0-9_-]{1,64}$/;

const path = matching(
  /^[^.\s]\P{Cc}{0,255}$/u,
  'a path such as orders.A1.status',
);
const paths = mapOf(
  /^[^.\s]\P{Cc}{0,255}$/u,
  'a path such as orders.A1.status',
  anything,
);

/** A pattern that compiles; long ones are nobody's. */
const pattern = must(value => {
  if (typeof value !== 'string' || value.length > 1000) return false;
  try {
    return Boolean(safeRegex(value));
  } catch {
    return false;
  }
}, 'a regular expression as RE2 takes it (no look-around, no back references), of at most 1000 characters');

const MATCHERS = ['$regex', '$anyOf', '$any', '$near'];

/** A misspelt matcher would be compared as a plain value, and never fit. */
const matcher: Rule = (value, at, tell) => {
  if (Array.isArray(value)) {
    value.forEach((item, index) => matcher(item, [...at, index], tell));
    return;
  }
  if (!isRecord(value)) return;
  const names = Object.keys(value).filter(name => name.startsWith('$'));
  if (names.length === 0) {
    for (const [name, item] of Object.entries(value)) {
      matcher(item, [...at, name], tell);
    }
    return;
  }
  if (names.length > 1 || !MATCHERS.includes(names[0])) {
    tell(at, `takes one of ${MATCHERS.join(', ')}`);
    return;
  }
  record({
    $regex: optional(pattern),
    $anyOf: optional(listOf(anything, 1, 100)),
    $any: optional(must(it => it === true, 'true')),
    $near: optional(must(it => Number.isFinite(it), 'a number')),
    within: optional(
      must(it => Number.isFinite(it) && Number(it) >= 0, 'a number from 0 on'),
    ),
  })(value, at, tell);
};

const matchers = mapOf(/^.{1,128}$/u, 'the argument that it is about', matcher);

const reply: Record<string, Rule> = {
  content: anything,
  error: optional(text(4096)),
  get: optional(path),
  set: optional(paths),
};

const answer = record({
  ...reply,
  when: optional(matchers),
  match: optional(oneOf(['exact', 'subset'])),
  whenState: optional(
    mapOf(/^[^.\s]\P{Cc}{0,255}$/u, 'a path such as orders.A1.status', matcher),
  ),
  times: optional(whole(1, 1000)),
  sequence: optional(listOf(record(reply), 1, 100)),
});

const tool = record({
  name: matching(NAME, '1 to 64 letters, digits, _ and -'),
  description: optional(text(4096)),
  parameters: optional((value, at, tell) => {
    const problem = isRecord(value)
      ? schemaProblem(value)
      : 'must be a JSON Schema';
    if (problem) tell(at, problem);
  }),
  answers: optional(listOf(answer, 1, 200)),
  default: optional(record(reply)),
});

const call: Record<string, Rule> = {
  tool: matching(NAME, 'the name of a tool'),
  arguments: optional(matchers),
  match: optional(oneOf(['exact', 'subset'])),
};

const shape = record({
  tools: listOf(tool, 0, 100),
  state: optional(jsonObject),
  userTurns: optional(
    listOf(
      record({ content: text(65_536), whenRegex: optional(pattern) }),
      0,
      50,
    ),
  ),
  maxTurns: optional(whole(1, 50)),
  loopAfter: optional(whole(2, 20)),
  expected: optional(
    record({
      calls: optional(
        listOf(record({ ...call, optional: optional(flag) }), 0, 100),
      ),
      order: optional(oneOf(['exact', 'partial', 'any'])),
      forbidden: optional(
        listOf(record({ ...call, because: optional(text(500)) }), 1, 100),
      ),
      outcome: optional(
        record({
          regex: optional(pattern),
          flags: optional(matching(/^[ims]{1,3}$/, 'some of i, m and s')),
          notRegex: optional(pattern),
          json: anything,
          state: optional(
            mapOf(
              /^[^.\s]\P{Cc}{0,255}$/u,
              'a path such as orders.A1.status',
              matcher,
            ),
          ),
        }),
      ),
    }),
  ),
});

/** Tells what is wrong with the field `agent` of a case. */
export const agentRule: Rule = (value, at, tell) => {
  shape(value, at, tell);
  if (!isRecord(value) || !Array.isArray(value.tools)) return;
  const known = new Set<unknown>();
  value.tools.forEach((it, index) => {
    const { name } = isRecord(it) ? it : { name: undefined };
    if (known.has(name)) {
      tell([...at, 'tools', index, 'name'], `comes twice: '${name}'`);
    }
    known.add(name);
  });
  const expected = isRecord(value.expected) ? value.expected : {};
  // A forbidden tool need not be there; one that is expected has to be.
  const calls: unknown[] = Array.isArray(expected.calls) ? expected.calls : [];
  calls.forEach((it, index) => {
    if (isRecord(it) && !known.has(it.tool)) {
      tell(
        [...at, 'expected', 'calls', index, 'tool'],
        `is no tool of the case: '${it.tool}'`,
      );
    }
  });
};
