import type {
  ChatHistoryItem,
  ChatWrapper,
  LlamaContext,
  LlamaContextSequence,
  LlamaEmbeddingContext,
  LlamaModel,
  LlamaText,
  Token,
} from 'node-llama-cpp';
import { loadLlama, StartError, type NodeLlamaCpp } from './loadLlama';
import type {
  ChatMessage,
  FinishReason,
  Prompt,
  Sampling,
  TextEngine,
} from './TextEngine';
import { TokenText } from './TokenText';

const DEFAULT_CONTEXT = 4096;

/** How a model is loaded. */
export interface LlamaEngineOptions {
  file: string;
  threads?: number;
  /** Tokens of a prompt with its answer; as the model was made for, up to 4,096, by default. */
  contextTokens?: number;
  parallel: number;
  /** Makes vectors and no answers. */
  isEmbedding: boolean;
  onProgress?: (share: number) => void;
  log: (level: 'warn' | 'error', message: string) => void;
}

const asHistory = ({ role, text }: ChatMessage): ChatHistoryItem =>
  role === 'assistant'
    ? { type: 'model', response: [text] }
    : { type: role, text };

/**
 * What lays out conversations: the template in the file, or where that one cannot
 * be read the one that fits the family of the model.
 */
function wrapperOf(library: NodeLlamaCpp, model: LlamaModel): ChatWrapper {
  const template = model.fileInfo.metadata.tokenizer.chat_template;
  if (template) {
    try {
      const { JinjaTemplateChatWrapper } = library;
      const { tokenizer } = model;
      return new JinjaTemplateChatWrapper({ template, tokenizer });
    } catch {
      // Its own wrappers know families whose templates need more than Jinja.
    }
  }
  return library.resolveChatWrapper(model);
}

/** Runs a GGUF file on the processor, by llama.cpp. */
export class LlamaEngine implements TextEngine {
  /** @throws StartError when llama.cpp cannot run the file */
  static async create(options: LlamaEngineOptions): Promise<LlamaEngine> {
    const library = await loadLlama();
    const { getLlama, LlamaLogLevel } = library;
    try {
      const llama = await getLlama({
        gpu: false,
        build: 'never',
        skipDownload: true,
        progressLogs: false,
        maxThreads: options.threads,
        logLevel: LlamaLogLevel.warn,
        logger: (level, message) =>
          options.log(level === 'warn' ? 'warn' : 'error', message.trim()),
      });
      const model = await llama.loadModel({
        modelPath: options.file,
        gpuLayers: 0,
        onLoadProgress: options.onProgress,
      });
      const contextSize = Math.min(
        options.contextTokens ?? DEFAULT_CONTEXT,
        model.trainContextSize,
      );
      const common = { contextSize, threads: options.threads };
      const engine = { model, contextTokens: contextSize };
      if (options.isEmbedding) {
        const embedding = await model.createEmbeddingContext(common);
        return new LlamaEngine({ ...engine, parallel: 1, embedding });
      }
      const context = await model.createContext({
        ...common,
        sequences: options.parallel,
      });
      return new LlamaEngine({
        ...engine,
        parallel: options.parallel,
        context,
        wrapper: wrapperOf(library, model),
      });
    } catch (error) {
      throw new StartError(
        `llama.cpp cannot run ${options.file}: ${(error as Error).message}`,
      );
    }
  }

  readonly contextTokens: number;
  readonly parallel: number;
  readonly canEmbed: boolean;
  readonly #model: LlamaModel;
  readonly #context?: LlamaContext;
  readonly #wrapper?: ChatWrapper;
  readonly #embedding?: LlamaEmbeddingContext;
  readonly #idle: LlamaContextSequence[] = [];

  private constructor(parts: {
    model: LlamaModel;
    contextTokens: number;
    parallel: number;
    context?: LlamaContext;
    wrapper?: ChatWrapper;
    embedding?: LlamaEmbeddingContext;
  }) {
    this.contextTokens = parts.contextTokens;
    this.parallel = parts.parallel;
    this.canEmbed = parts.embedding !== undefined;
    this.#model = parts.model;
    this.#context = parts.context;
    this.#wrapper = parts.wrapper;
    this.#embedding = parts.embedding;
  }

  ofMessages(messages: ChatMessage[]): Prompt {
    const { tokenizer } = this.#model;
    if (!this.#wrapper) return this.#prompt([], []);
    const { contextText, stopGenerationTriggers } =
      this.#wrapper.generateContextState({
        chatHistory: [
          ...messages.map(asHistory),
          { type: 'model', response: [] },
        ],
      });
    const stops = stopGenerationTriggers
      .map(trigger => this.#textOf(trigger))
      .filter(text => text !== '');
    return this.#prompt(contextText.tokenize(tokenizer), stops);
  }

  ofText(text: string): Prompt {
    const { bos, shouldPrependBosToken } = this.#model.tokens;
    const start = bos !== null && shouldPrependBosToken ? [bos] : [];
    return this.#prompt([...start, ...this.#model.tokenize(text)], []);
  }

  async embed(text: string) {
    if (!this.#embedding) throw new Error('the model was not loaded for that');
    const tokens = this.#embedding.calculateInputLength(text);
    const { vector } = await this.#embedding.getEmbeddingFor(text);
    return { vector, tokens };
  }

  async close(): Promise<void> {
    await this.#model.dispose();
    await this.#model.llama.dispose();
  }

  /** Texts that end a turn where the end-of-turn token does not. */
  #textOf(trigger: LlamaText): string {
    const tokens = trigger.tokenize(this.#model.tokenizer);
    const isEnd = tokens.every(token => this.#model.isEogToken(token));
    return isEnd ? '' : this.#model.detokenize(tokens, true).trim();
  }

  #prompt(tokens: Token[], stops: string[]): Prompt {
    return {
      tokens: tokens.length,
      stops,
      answer: (sampling, signal) => this.#answer(tokens, sampling, signal),
    };
  }

  async *#answer(
    prompt: Token[],
    sampling: Sampling,
    signal: AbortSignal,
  ): AsyncGenerator<{ text: string; tokens: number }, FinishReason> {
    if (!this.#context) throw new Error('the model was not loaded for that');
    const sequence = this.#idle.pop() ?? this.#context.getSequence();
    const said: Token[] = [];
    const text = new TokenText<Token>((tokens, before) =>
      this.#model.detokenize(tokens, false, before),
    );
    try {
      await sequence.clearHistory();
      for await (const token of sequence.evaluate(prompt, {
        temperature: sampling.temperature,
        topP: sampling.topP,
        topK: 0,
        seed: sampling.seed ?? Math.floor(Math.random() * 2 ** 31),
        ...(sampling.frequencyPenalty === 0 && sampling.presencePenalty === 0
          ? {}
          : {
              repeatPenalty: {
                punishTokens: () => said,
                penalty: 1,
                frequencyPenalty: sampling.frequencyPenalty,
                presencePenalty: sampling.presencePenalty,
              },
            }),
      })) {
        signal.throwIfAborted();
        said.push(token);
        yield { text: text.add(token), tokens: 1 };
        if (said.length >= sampling.maxTokens) return 'length';
      }
      const rest = text.end();
      if (rest) yield { text: rest, tokens: 0 };
      return 'stop';
    } finally {
      this.#idle.push(sequence);
    }
  }
}
