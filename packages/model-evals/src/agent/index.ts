export type {
  AgentAnswer,
  AgentCall,
  AgentCallPattern,
  AgentEnd,
  AgentExpectation,
  AgentReply,
  AgentScript,
  AgentTool,
  AgentTrajectory,
  AgentUserTurn,
  ArgumentMatcher,
} from './types';
export {
  agentArguments,
  agentForbidden,
  agentLoops,
  agentOrder,
  agentOutcome,
  agentToolChoice,
} from './scorers';
