/** A message of a conversation, in words alone. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  text: string;
}

/** How an answer is drawn. */
export interface Sampling {
  /** 0 takes the likeliest token each time. */
  temperature: number;
  topP: number;
  seed?: number;
  frequencyPenalty: number;
  presencePenalty: number;
  /** Tokens that the answer may have. */
  maxTokens: number;
}

/** Why an answer ended: by itself, or because it was as long as it may be. */
export type FinishReason = 'stop' | 'length';

/** Tokens that were cut from a text, ready to be answered. */
export interface Prompt {
  readonly tokens: number;
  /** Texts with which the model's own template ends a turn. */
  readonly stops: readonly string[];
  /** Gives pieces of the answer, each with the tokens that it took. */
  answer(
    sampling: Sampling,
    signal: AbortSignal,
  ): AsyncGenerator<{ text: string; tokens: number }, FinishReason>;
}

/** What runs the model. */
export interface TextEngine {
  /** Tokens of a prompt with its answer. */
  readonly contextTokens: number;
  /** Answers at a time. */
  readonly parallel: number;
  readonly canEmbed: boolean;
  ofMessages(messages: ChatMessage[]): Prompt;
  ofText(text: string): Prompt;
  embed(text: string): Promise<{ vector: readonly number[]; tokens: number }>;
  close(): Promise<void>;
}
