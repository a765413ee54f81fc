import type { ToolCall } from '../pack/types';

/** What a model said to one request. Plain JSON. @public */
export interface ChatReply {
  /** Without thoughts. */
  text: string;
  finishReason?: string;
  toolCalls?: ToolCall[];
  /** As the endpoint names what answered. */
  model?: string;
  latencyMs: number;
  ttftMs?: number;
  inputTokens?: number;
  outputTokens?: number;
}
