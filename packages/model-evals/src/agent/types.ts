import type { Json, ToolCall } from '../pack/types';

/**
 * What an argument has to be. A plain value: equal to it. `{ "$regex": "^A-\\d+$" }`:
 * a text that the pattern finds; `{ "$anyOf": [1, 2] }`: one of them;
 * `{ "$any": true }`: whatever it is, as long as it is there;
 * `{ "$near": 12.5, "within": 0.01 }`: a number close to it.
 *
 * @public
 */
export type ArgumentMatcher = Json;

/**
 * What a simulated tool answers. Texts take arguments and the world in:
 * `{{args.order_id}}`, `{{state.orders.A1.status}}`.
 *
 * @public
 */
export interface AgentReply {
  /** JSON or a text. */
  content?: Json;
  /** The tool fails with this text, which the model sees. */
  error?: string;
  /** The answer is what the world holds at a path: `orders.{{args.order_id}}`; an error where there is nothing. */
  get?: string;
  /** Puts values into the world, by path: `{ "orders.{{args.order_id}}.status": "refunded" }`. */
  set?: Record<string, Json>;
}

/**
 * What a tool answers when the arguments are so.
 *
 * @public
 */
export interface AgentAnswer extends AgentReply {
  /** Arguments that have to match; all calls match without. */
  when?: Record<string, ArgumentMatcher>;
  /** `subset` (default): other arguments may be there too; `exact`: no others. */
  match?: 'exact' | 'subset';
  /** Values that the world has to hold, by path; texts take arguments in. */
  whenState?: Record<string, ArgumentMatcher>;
  /** It answers so often, then the next that matches does. Always by default. */
  times?: number;
  /** One after the other; the last one goes on. In place of the fields of one reply. */
  sequence?: AgentReply[];
}

/**
 * A tool that a model may call, and how it answers. Nothing runs.
 *
 * @public
 */
export interface AgentTool {
  /** 1 to 64 letters, digits, `_` and `-`. */
  name: string;
  description?: string;
  /** JSON Schema of the arguments: an object. */
  parameters?: { [name: string]: Json };
  /** The first that matches answers. */
  answers?: AgentAnswer[];
  /** Where none matches; an error that says so without it. */
  default?: AgentReply;
}

/**
 * A call that is expected, or forbidden.
 *
 * @public
 */
export interface AgentCallPattern {
  tool: string;
  /** Every call of the tool without. */
  arguments?: Record<string, ArgumentMatcher>;
  /** `subset` (default) or `exact`. */
  match?: 'exact' | 'subset';
}

/**
 * What an agent ought to do; scorers look at the part that is theirs.
 *
 * @public
 */
export interface AgentExpectation {
  /** Calls that are to be made. An empty list: no call at all. */
  calls?: Array<AgentCallPattern & { optional?: boolean }>;
  /**
   * `exact`: these calls in this order and no others between; `partial`
   * (default): in this order, others may come between; `any`: in any order.
   */
  order?: 'exact' | 'partial' | 'any';
  /** Calls that must not be made. */
  forbidden?: Array<AgentCallPattern & { because?: string }>;
  /** How the conversation ends. All that are given have to hold. */
  outcome?: {
    /** Pattern that the last answer has to match. */
    regex?: string;
    /** Flags of it, such as `i`. */
    flags?: string;
    /** Pattern that the last answer must not match. */
    notRegex?: string;
    /** JSON in the last answer has to hold this; other fields may be there. */
    json?: Json;
    /** What the world holds in the end, by path. */
    state?: Record<string, ArgumentMatcher>;
  };
}

/**
 * What the user says after the model has answered without a call.
 *
 * @public
 */
export interface AgentUserTurn {
  content: string;
  /** Only where the last answer matches; else the next turn is looked at. */
  whenRegex?: string;
}

/**
 * The field `agent` of a case: several turns with simulated tools.
 *
 * @public
 */
export interface AgentScript {
  tools: AgentTool[];
  /** The world at the beginning; tools read and change it. */
  state?: { [name: string]: Json };
  /** Said one after the other when the model has answered. */
  userTurns?: AgentUserTurn[];
  /** Requests to the model, 1 to 50. Default 10. */
  maxTurns?: number;
  /** The same call so often is a loop, and ends the conversation. 2 to 20, default 4. */
  loopAfter?: number;
  expected?: AgentExpectation;
}

/** One call of a tool, and what came of it. @public */
export interface AgentCall extends ToolCall {
  /** Of the request to the model that asked for it, from 1 on. */
  turn: number;
  /** The arguments are no object, break the schema, or the tool is unknown: in words. */
  problem?: string;
  result?: Json;
  error?: string;
}

/** Why a conversation ended. @public */
export type AgentEnd = 'answered' | 'turns' | 'loop';

/**
 * Everything that happened in a conversation.
 *
 * @public
 */
export interface AgentTrajectory {
  /** Calls in the order in which they were made. */
  calls: AgentCall[];
  /** Texts of the model, by turn; empty where it only called tools. */
  texts: string[];
  /** Requests to the model. */
  turns: number;
  ended: AgentEnd;
  /** The world in the end. */
  state: { [name: string]: Json };
}
