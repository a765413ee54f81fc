import type { EvaluationCase } from '../pack/types';
import type { CaseScore, Scorer, ScoreInput } from '../scorers/types';
import { argumentsFit, callFits } from './matching';
import { mostMatched, longestInOrder } from './alignment';
import { outcomeProblem } from './outcome';
import type {
  AgentCall,
  AgentExpectation,
  AgentScript,
  AgentTrajectory,
} from './types';

interface Happened {
  expected: AgentExpectation;
  trajectory: AgentTrajectory;
}

interface Judgement {
  value: number;
  failure?: string;
}

const scriptOf = (it: EvaluationCase) => it.agent as unknown as AgentScript;

/** Of several samples the mean; what went wrong in the first that did. */
const judged =
  (judge: (happened: Happened) => Judgement) =>
  ({ case: it, answers }: ScoreInput): CaseScore => {
    const expected = scriptOf(it)?.expected ?? {};
    const trajectories = answers.flatMap(({ trajectory }) =>
      trajectory ? [trajectory as unknown as AgentTrajectory] : [],
    );
    if (trajectories.length === 0) {
      return { note: 'there is no conversation; the task is not agent' };
    }
    const all = trajectories.map(trajectory => judge({ expected, trajectory }));
    const failure = all.find(one => one.failure !== undefined)?.failure;
    return {
      value: all.reduce((sum, { value }) => sum + value, 0) / all.length,
      ...(failure !== undefined && { failure }),
    };
  };

const lacksCalls = (it: EvaluationCase) =>
  scriptOf(it)?.expected?.calls
    ? undefined
    : 'agent.expected.calls must say which calls are expected; an empty list says none';

const shown = ({ name, arguments: given }: AgentCall) =>
  `${name}(${JSON.stringify(given)})`.slice(0, 300);

const called = (calls: AgentCall[]) =>
  calls.length > 0 ? calls.map(({ name }) => name).join(', ') : 'nothing';

const isRequired = ({ optional }: { optional?: boolean }) => !optional;

const SHARE = { unit: 'ratio', direction: 'higher' } as const;

/** The right tools, as often as they are expected, and no others. @public */
export const agentToolChoice: Scorer = {
  ...SHARE,
  type: 'agent-tool-choice',
  title: 'Right tools called',
  about:
    'Twice the calls of expected tools, by the calls that were made and those that were expected (Dice 1945); arguments and order do not matter. Optional calls count when they are made.',
  caseProblem: lacksCalls,
  score: judged(({ expected: { calls = [] }, trajectory }) => {
    const open = calls.map(({ tool }) => tool);
    let hits = 0;
    for (const { name } of trajectory.calls) {
      const at = open.indexOf(name);
      if (at >= 0) {
        open.splice(at, 1);
        hits += 1;
      }
    }
    // An optional call that is missing was not expected.
    const missingOptional = calls
      .filter(it => it.optional)
      .filter(({ tool }) => {
        const at = open.indexOf(tool);
        if (at >= 0) open.splice(at, 1);
        return at >= 0;
      }).length;
    const wanted = calls.length - missingOptional;
    const made = trajectory.calls.length;
    const value = made + wanted === 0 ? 1 : (2 * hits) / (made + wanted);
    return {
      value,
      ...(value < 1 && {
        failure: `Expected ${
          calls.map(({ tool }) => tool).join(', ') || 'no call'
        }, and it called ${called(trajectory.calls)}`,
      }),
    };
  }),
};

/** The arguments of the calls that are expected. @public */
export const agentArguments: Scorer = {
  ...SHARE,
  type: 'agent-arguments',
  title: 'Right arguments',
  about:
    'Share of the expected calls that were made with arguments that match, in whatever order; each call counts for one. Calls whose arguments broke the schema never match.',
  caseProblem: lacksCalls,
  score: judged(({ expected: { calls = [] }, trajectory }) => {
    const required = calls.filter(isRequired);
    const sound = trajectory.calls.filter(({ problem }) => !problem);
    const matched = mostMatched(required.length, sound.length, (a, b) =>
      callFits(required[a], sound[b]),
    );
    const missing = required.find((_, index) => matched[index] === undefined);
    const found = matched.filter(it => it !== undefined).length;
    return {
      value: required.length === 0 ? 1 : found / required.length,
      ...(missing && {
        failure: `Expected ${missing.tool}(${JSON.stringify(
          missing.arguments ?? {},
        )}), and it called ${
          trajectory.calls.map(shown).join(', ') || 'nothing'
        }`,
      }),
    };
  }),
};

/** The order of the calls that are expected. @public */
export const agentOrder: Scorer = {
  ...SHARE,
  type: 'agent-order',
  title: 'Right order',
  about:
    'Longest run of the expected calls that were made in their order (longest common subsequence), by the number of those expected; where the order is `exact` other calls between them count against it, and where it is `any` only whether they were made.',
  caseProblem: lacksCalls,
  score: judged(({ expected, trajectory }) => {
    const { calls = [], order = 'partial' } = expected;
    const made = trajectory.calls;
    const fits = (a: number, b: number) => callFits(calls[a], made[b]);
    const required = calls.filter(isRequired).length;
    if (order === 'any') {
      const wanted = calls.filter(isRequired);
      const matched = mostMatched(wanted.length, made.length, (a, b) =>
        callFits(wanted[a], made[b]),
      ).filter(it => it !== undefined).length;
      const value = required === 0 ? 1 : matched / required;
      return {
        value,
        ...(value < 1 && {
          failure: `${
            required - matched
          } of ${required} expected calls were not made`,
        }),
      };
    }
    const along = longestInOrder(calls.length, made.length, fits, index =>
      isRequired(calls[index]),
    );
    const asked = required + along.optional;
    const hits = along.required + along.optional;
    const partial = required === 0 ? 1 : along.required / required;
    const exact =
      made.length + asked === 0 ? 1 : (2 * hits) / (made.length + asked);
    const value = order === 'exact' ? exact : partial;
    return {
      value,
      ...(value < 1 && {
        failure: `Expected ${calls
          .map(({ tool }) => tool)
          .join(', then ')}, and it called ${called(made)}`,
      }),
    };
  }),
};

/** Nothing was done that must not be done. @public */
export const agentForbidden: Scorer = {
  ...SHARE,
  type: 'agent-forbidden',
  title: 'No forbidden action',
  about:
    '1 where no call was made that the case forbids, else 0. A call counts although its tool answered with an error: it was tried.',
  score: judged(({ expected: { forbidden = [] }, trajectory }) => {
    for (const call of trajectory.calls) {
      const broken = forbidden.find(
        it =>
          it.tool === call.name &&
          argumentsFit(it.arguments, it.match, call.arguments),
      );
      if (broken) {
        return {
          value: 0,
          failure: `It called ${shown(call)}, which is forbidden${
            broken.because ? `: ${broken.because}` : ''
          }`,
        };
      }
    }
    return { value: 1 };
  }),
};

/** The conversation came to an end by itself. @public */
export const agentLoops: Scorer = {
  ...SHARE,
  type: 'agent-loops',
  title: 'No loop',
  about:
    '1 where the conversation ended with an answer, 0 where the same call was made over and over (`loopAfter`), or where it was not through after the most turns (`maxTurns`).',
  score: judged(({ trajectory: { ended, calls, turns } }) => {
    if (ended === 'answered') return { value: 1 };
    const last = calls[calls.length - 1];
    return {
      value: 0,
      failure:
        ended === 'loop' && last
          ? `It called ${shown(last)} again and again`
          : `It was not through after ${turns} turns`,
    };
  }),
};

/** What the conversation came to. @public */
export const agentOutcome: Scorer = {
  ...SHARE,
  type: 'agent-outcome',
  title: 'Right outcome',
  about:
    '1 where the last answer and the world in the end are as the case wants them (pattern, JSON, values), else 0. A conversation that did not end with an answer has no outcome.',
  caseProblem: it =>
    scriptOf(it)?.expected?.outcome
      ? undefined
      : 'agent.expected.outcome must say how the conversation ends',
  score: judged(({ expected: { outcome = {} }, trajectory }) => {
    const problem = outcomeProblem(outcome, trajectory);
    return problem === undefined
      ? { value: 1 }
      : { value: 0, failure: problem };
  }),
};

/** Scorers of the task `agent`. */
export const agentScorers: Scorer[] = [
  agentToolChoice,
  agentArguments,
  agentOrder,
  agentForbidden,
  agentLoops,
  agentOutcome,
];
