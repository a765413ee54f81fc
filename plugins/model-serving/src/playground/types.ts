/** What an answer took, as the backend measured it. */
export interface Figures {
  inputTokens?: number;
  outputTokens?: number;
  /** From the question to the first token, ms. */
  ttftMs?: number;
  /** From the question to the end, ms. */
  latencyMs?: number;
  /** Output tokens in a second, without the wait for the first. */
  tokensPerSecond?: number;
  cost?: { amount: number; currency: string };
  /** Tokens were counted by the hub, not told by the model. */
  estimated?: boolean;
}
