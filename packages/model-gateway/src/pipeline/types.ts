import type {
  AllowlistIndex,
  EnforcementMode,
  RefusedDecision,
  SnapshotGrant,
  SnapshotKey,
  SnapshotModel,
  SnapshotProfile,
} from '@modelhub/governance-protocol';
import type { OnlineTrial } from '../online/types';

/** What a caller asks of a model, whatever the path of the request. */
export type RouteName =
  | 'chat'
  | 'completions'
  | 'responses'
  | 'embeddings'
  | 'rerank'
  | 'moderations'
  | 'images'
  | 'transcription'
  | 'translation'
  | 'speech'
  | 'messages'
  | 'files'
  | 'batches';

/** Who calls, and the allowlist at the moment of the call. */
export interface Caller {
  key: SnapshotKey;
  /** Absent where the snapshot names a profile that it does not hold. */
  profile: SnapshotProfile | undefined;
  mode: EnforcementMode;
  index: AllowlistIndex;
  now: Date;
  /** What the caller proved itself with; for looking it up again, never to be logged. */
  credential: string | undefined;
}

/** A call that may go on. */
export interface Admission {
  gatewayId: string;
  /** Absent where a profile that only observes is not covered. */
  grant?: SnapshotGrant;
  model?: SnapshotModel;
  /** The refusal that was not enforced. */
  uncovered?: RefusedDecision;
  /** Id of the evaluation endpoint that the call goes to. */
  endpoint?: string;
}

/** Where a call goes: a provider, and the name that it has for the model. */
export interface CallTarget {
  provider: { name: string };
  model: string;
  admission?: Admission;
}

/** Tokens of one call, as the provider counted them or as they were estimated. */
export interface TokenUsage {
  inputTokens: number;
  outputTokens: number;
  /** Part of `inputTokens` that the provider had in its cache. */
  cachedInputTokens?: number;
  estimated: boolean;
}

/** A call before its body is read. */
export interface CallEntry {
  /** UUID of the request. */
  readonly id: string;
  readonly route: RouteName;
  readonly caller: Caller;
  /** Of `x-modelhub-trace`, else the trace id of `traceparent`. */
  readonly trace: string | undefined;
  /** W3C headers of these names, as they came. */
  readonly traceparent?: string;
  readonly tracestate?: string;
  /** By `performance.now()`. */
  readonly startedAt: number;
}

/** One call, from its first byte to its last. Only the pipeline writes it. */
export interface CallContext extends CallEntry {
  /** As asked for. */
  readonly model: string;
  /** The parsed JSON; absent where the body is multipart. Not to be changed. */
  readonly body: Record<string, unknown> | undefined;
  /** The body as it came. */
  readonly raw: Buffer;
  readonly promptBytes: number;
  readonly streamed: boolean;
  /** Of a call in an experiment. */
  readonly trial?: OnlineTrial;
  /** Of the model that was asked for, or of the first target of an alias. */
  readonly admission: Admission;
  /** Where the call was sent at last; absent before and after a shortcut. */
  readonly target: CallTarget | undefined;
  /** Aborts when the caller goes away. Made when it is first asked for. */
  readonly signal: AbortSignal;
}

/** How a call ended. */
export interface CallOutcome {
  /** 499 when the caller went away before an answer began. */
  status: number;
  /** Of the refusal or error. */
  code?: string;
  /** Absent where no provider answered well. */
  usage?: TokenUsage;
  firstByteMs?: number;
  latencyMs: number;
  /** For how long providers were waited for, all attempts together. */
  upstreamMs?: number;
  responseBytes: number;
  clientGone: boolean;
  /** Calls of providers; 0 for a refusal or a shortcut. */
  attempts: number;
  /** Answered by the shortcut of a stage. */
  shortcut: boolean;
  provider?: string;
  providerModel?: string;
  /** Of the admission of the target that answered. */
  admission?: Admission;
  /** Has the first bytes of a good answer of a provider. */
  meter?: { head(): string };
}

/**
 * Reads and changes the events of one streamed answer: all of them but `[DONE]`,
 * the last ones included (`response.completed` repeats the whole text).
 */
export interface EventTransform {
  /**
   * @param data - of one server-sent event, without `data: `
   * @returns what is sent in its place, in order; nothing to hold it back. Where
   * the event has a name, each of several gets the `type` of its data as name.
   */
  event(data: string): string | readonly string[] | undefined;
  /** @returns data of last events, for what was held back; before `[DONE]` */
  end(): string | readonly string[] | undefined;
}

/** Reads and changes answers. Either part may throw an `ApiError` to refuse. */
export interface AnswerTransform {
  json?(answer: Record<string, unknown>): Record<string, unknown>;
  events?(): EventTransform;
}

/** What a stage does about one call. */
export interface CallHandle {
  /** Replaces the body that is sent; must leave `model` alone. */
  request?(body: Record<string, unknown>): Record<string, unknown>;
  /** The stage that came last sees the answer first. */
  answer?: AnswerTransform;
  /** Answers without a provider; the transforms of earlier stages still see it. */
  shortcut?: {
    status: number;
    headers: Record<string, string>;
    body: Buffer;
  };
  /** Added to those of the answer. */
  headers?(): Record<string, string>;
  /** Sent to a provider: names and values in turn. */
  upstreamHeaders?(provider: string): readonly string[];
  /** Called exactly once. */
  end?(outcome: CallOutcome): void;
}

/** Reads and changes a file that a provider kept, line by line. */
export interface FileReader {
  /** Of a result or a request of a batch. May throw an `ApiError` to withhold it. */
  line(line: Record<string, unknown>): Record<string, unknown>;
  /** Of a line that is no JSON object. */
  text(line: string): string;
  /** Called exactly once. */
  end(): void;
}

/** How a call was refused. */
export interface CallRefusal {
  status: number;
  code: string;
  /** As asked for, where that is known yet. */
  model?: string;
  promptBytes: number;
}

/**
 * A room that has a say in calls. Both hooks throw an `ApiError` to refuse, and
 * cost nothing for calls that they do not concern: they return `undefined`
 * without waiting.
 */
export interface CallStage {
  readonly name: string;
  /**
   * When the caller is known and before the body is read: rates, concurrency.
   * What it returns is called exactly once, when the call has ended.
   */
  enter?(entry: CallEntry): undefined | (() => void);
  /** Between the admission and the provider. */
  begin?(
    context: CallContext,
  ): undefined | CallHandle | Promise<undefined | CallHandle>;
  /** Looks at a file before a caller of this profile gets it. */
  readFile?(entry: CallEntry): FileReader | undefined;
  /**
   * Hears of a call that was refused after its caller was known and before this
   * stage began with it.
   */
  refused?(entry: CallEntry, refusal: CallRefusal): void;
}
