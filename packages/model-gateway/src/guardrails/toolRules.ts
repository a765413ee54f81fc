import type {
  SnapshotAgentRules,
  SnapshotToolRule,
  ToolAction,
} from '@modelhub/governance-protocol';
import type { OfferedTool } from './offeredTools';

/** A tool and what the rules say about it. */
export interface JudgedTool {
  tool: OfferedTool;
  name: string;
  action: ToolAction;
  risk: number;
}

/** Whether a profile says anything about tools. */
export function judgesTools(rules: SnapshotAgentRules): boolean {
  return (
    (rules.tools?.length ?? 0) > 0 ||
    (rules.otherTools ?? 'allow') !== 'allow' ||
    rules.riskBudgetPerTrace !== undefined
  );
}

/** The first rule that matches a tool decides. */
export function judgeTool(
  rules: SnapshotAgentRules,
  tool: OfferedTool,
): JudgedTool {
  const rule = rules.tools?.find(({ match }) => matches(match, tool));
  return {
    tool,
    name: tool.names[0],
    action: rule?.action ?? rules.otherTools ?? 'allow',
    risk: rule?.risk ?? 0,
  };
}

function matches(match: SnapshotToolRule['match'], { names }: OfferedTool) {
  return match.endsWith('*')
    ? names.some(name => name.startsWith(match.slice(0, -1)))
    : names.includes(match);
}

/** What a call that offers all of them takes from the risk budget of its trace. */
export function riskOf(tools: readonly JudgedTool[]): number {
  return tools.reduce((sum, { risk }) => sum + risk, 0);
}
