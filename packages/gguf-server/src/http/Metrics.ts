import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Slots } from './Slots';

const SECONDS = [
  0.001, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40,
  80,
];

/**
 * The names of vLLM's metrics, so that the same dashboards read both.
 *
 * Source: vLLM, docs/usage/metrics.md.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #labels: { model_name: string };
  readonly #promptTokens: Counter;
  readonly #answerTokens: Counter;
  readonly #finished: Counter;
  readonly #firstToken: Histogram;
  readonly #perToken: Histogram;
  readonly #whole: Histogram;
  readonly #queued: Histogram;

  constructor(options: { model: string; slots: Slots }) {
    const { model, slots } = options;
    const registers = [this.#registry];
    this.#labels = { model_name: model };
    const labelNames = ['model_name'];
    const gauge = (name: string, help: string, value: () => number) =>
      new Gauge({
        name,
        help,
        labelNames,
        registers,
        collect() {
          this.set({ model_name: model }, value());
        },
      });
    gauge(
      'vllm:num_requests_running',
      'Answers that are being written.',
      () => slots.running,
    );
    gauge(
      'vllm:num_requests_waiting',
      'Calls that wait for a place.',
      () => slots.waiting,
    );
    const counter = (name: string, help: string, more: string[] = []) =>
      new Counter({
        name,
        help,
        labelNames: [...labelNames, ...more],
        registers,
      });
    this.#promptTokens = counter(
      'vllm:prompt_tokens_total',
      'Tokens of prompts.',
    );
    this.#answerTokens = counter(
      'vllm:generation_tokens_total',
      'Tokens of answers.',
    );
    this.#finished = counter(
      'vllm:request_success_total',
      'Answers, by why they ended.',
      ['finished_reason'],
    );
    const histogram = (name: string, help: string) =>
      new Histogram({ name, help, labelNames, registers, buckets: SECONDS });
    this.#firstToken = histogram(
      'vllm:time_to_first_token_seconds',
      'From the call to the first token.',
    );
    this.#perToken = histogram(
      'vllm:time_per_output_token_seconds',
      'Between two tokens.',
    );
    this.#whole = histogram(
      'vllm:e2e_request_latency_seconds',
      'From the call to the end of the answer.',
    );
    this.#queued = histogram(
      'vllm:request_queue_time_seconds',
      'From the call to its turn.',
    );
  }

  queued(seconds: number): void {
    this.#queued.observe(this.#labels, seconds);
  }

  first(seconds: number): void {
    this.#firstToken.observe(this.#labels, seconds);
  }

  between(seconds: number): void {
    this.#perToken.observe(this.#labels, seconds);
  }

  /** `reason` is `abort` when the caller went away. */
  done(answer: {
    reason: string;
    promptTokens: number;
    answerTokens: number;
    seconds: number;
  }): void {
    this.#promptTokens.inc(this.#labels, answer.promptTokens);
    this.#answerTokens.inc(this.#labels, answer.answerTokens);
    this.#finished.inc({ ...this.#labels, finished_reason: answer.reason });
    this.#whole.observe(this.#labels, answer.seconds);
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
