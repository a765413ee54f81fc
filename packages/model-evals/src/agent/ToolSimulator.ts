import { isRecord } from '../pack/rules';
import type { Json, ToolCall } from '../pack/types';
import { argumentProblem } from './argumentProblem';
import { argumentsFit, fits } from './matching';
import type { AgentAnswer, AgentReply, AgentScript, AgentTool } from './types';
import { filled, World } from './World';

/** What came of a call. */
export interface Simulated {
  problem?: string;
  result?: Json;
  error?: string;
}

/** Answers calls as the case says. The same calls in the same order get the same answers. */
export class ToolSimulator {
  readonly world: World;
  readonly #tools: Map<string, AgentTool>;
  readonly #used = new Map<AgentAnswer, number>();

  constructor(script: AgentScript) {
    this.world = new World(script.state);
    this.#tools = new Map(script.tools.map(tool => [tool.name, tool]));
  }

  call({ name, arguments: given }: ToolCall): Simulated {
    const tool = this.#tools.get(name);
    if (!tool) {
      const known = [...this.#tools.keys()].join(', ') || 'none';
      const problem = `there is no tool '${name}'; there are ${known}`;
      return { problem, error: problem };
    }
    const problem = argumentProblem(tool, given);
    // Where the arguments are no object there is nothing to match.
    if (problem || !isRecord(given)) {
      const words = problem ?? 'the arguments are no JSON object';
      return { problem: words, error: words };
    }
    const answer = tool.answers?.find(it => this.#isFor(it, given));
    if (!answer) {
      return tool.default
        ? this.#reply(tool.default, given)
        : { error: `${name} has nothing for these arguments` };
    }
    const used = this.#used.get(answer) ?? 0;
    this.#used.set(answer, used + 1);
    const { sequence } = answer;
    return this.#reply(
      sequence ? sequence[Math.min(used, sequence.length - 1)] : answer,
      given,
    );
  }

  #isFor(answer: AgentAnswer, given: Record<string, unknown>): boolean {
    return (
      (this.#used.get(answer) ?? 0) < (answer.times ?? Infinity) &&
      argumentsFit(answer.when, answer.match, given) &&
      Object.entries(answer.whenState ?? {}).every(([path, wanted]) =>
        fits(
          filled(wanted, given, this.world),
          this.world.get(String(filled(path, given, this.world))),
        ),
      )
    );
  }

  #reply(reply: AgentReply, given: Record<string, unknown>): Simulated {
    const text = (value: string) => String(filled(value, given, this.world));
    if (reply.error !== undefined) return { error: text(reply.error) };
    let result: Json | undefined;
    if (reply.get !== undefined) {
      const path = text(reply.get);
      result = this.world.get(path);
      if (result === undefined) return { error: `there is nothing at ${path}` };
    }
    // All are computed first, so that one does not see what another sets.
    const changes = Object.entries(reply.set ?? {}).map(
      ([path, value]) =>
        [text(path), filled(value, given, this.world)] as const,
    );
    for (const [path, value] of changes) this.world.set(path, value);
    if (reply.content !== undefined) {
      result = filled(reply.content, given, this.world);
    }
    return { result: result ?? 'done' };
  }
}
