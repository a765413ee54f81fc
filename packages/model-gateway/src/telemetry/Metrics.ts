import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { CallContext, CallOutcome } from '../pipeline';
import { Bars } from './Bars';
import { Tally } from './Tally';
import { operationOf } from './operations';

const PREFIX = 'modelhub_gateway_';

/** Upper bounds of latency histograms, in seconds. */
const LATENCY = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
];
/** Of what the gateway itself adds, in seconds. */
const ADDED = [
  0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5,
];

type Labels = Record<string, string>;

const NO_LABELS = {};

/** What the gateway counts, in a registry of its own. */
export class Metrics {
  readonly #registry = new Registry();
  readonly requests = this.#tally(
    'requests_total',
    'Answered requests by route and status.',
    ['route', 'status'],
  );
  readonly errors = this.#tally(
    'errors_total',
    'Requests that ended with an error of the gateway, by its code: refusals, limits, failures of providers.',
    ['route', 'code'],
  );
  readonly refusals = this.#tally(
    'refusals_total',
    'Decisions against a call by reason and enforcement mode.',
    ['code', 'mode'],
  );
  readonly alarms = this.#tally(
    'alarms_total',
    'Snapshots and answers of the control plane that were not taken, by reason.',
    ['code'],
  );
  readonly mismatches = this.#tally(
    'model_mismatch_total',
    'Answers whose model is not the approved one, by provider.',
    ['provider'],
  );
  readonly upstreamErrors = this.#tally(
    'upstream_errors_total',
    'Calls that a provider did not answer well, by provider and reason.',
    ['provider', 'code'],
  );
  readonly findings = this.#tally(
    'sanitation_findings_total',
    'Secrets and personal data found in requests and answers, by kind and what was done.',
    ['direction', 'kind', 'type', 'action'],
  );
  readonly #calls = this.#tally(
    'calls_total',
    'Calls that came to a provider, by access profile, model and provider.',
    ['profile', 'model', 'provider'],
  );
  readonly #tokens = this.#tally(
    'tokens_total',
    'Tokens by access profile, model and type (input, cached_input, output), and whether they were estimated.',
    ['profile', 'model', 'type', 'estimated'],
  );
  readonly #cost = this.#tally(
    'cost_total',
    'Money spent, in whole units of the currency.',
    ['profile', 'model', 'currency'],
  );
  readonly #retries = this.#tally(
    'retries_total',
    'Attempts after the first, by the provider that answered last.',
    ['provider'],
  );
  readonly #duration = this.#histogram(
    `${PREFIX}request_duration_seconds`,
    'From a request to the end of its answer.',
    LATENCY,
  );
  readonly #added = this.#histogram(
    `${PREFIX}added_duration_seconds`,
    'The part of a call in which no provider was waited for.',
    ADDED,
  );
  readonly #firstByte = this.#histogram(
    `${PREFIX}first_byte_seconds`,
    'From a call to the first byte of its answer.',
    LATENCY,
    ['operation', 'provider'],
  );
  readonly #upstream = this.#histogram(
    `${PREFIX}upstream_duration_seconds`,
    'For how long a call waited for its providers.',
    LATENCY,
    ['operation', 'provider'],
  );

  /** @param options - `process`: also tell about the process; once per process */
  constructor(options: { process?: boolean } = {}) {
    if (options.process) {
      collectDefaultMetrics({ register: this.#registry });
    }
  }

  /** Counts an answered request. */
  answered(
    route: string,
    status: number,
    seconds: number,
    code?: string,
  ): void {
    this.requests.add({ route, status: String(status) });
    if (code !== undefined) {
      this.errors.add({ route, code });
    }
    this.#duration.observe(NO_LABELS, seconds);
  }

  /** Counts a call that was admitted and has ended. */
  ended(
    context: CallContext,
    outcome: CallOutcome,
    cost: { costMicros: number; currency: string } | undefined,
  ): void {
    const { provider, usage, attempts, upstreamMs } = outcome;
    const model = (outcome.admission ?? context.admission).gatewayId;
    const { profile } = context.caller.key;
    if (provider !== undefined) {
      const labels = { operation: operationOf(context.route), provider };
      this.#calls.add({ profile, model, provider });
      if (attempts > 1) {
        this.#retries.add({ provider }, attempts - 1);
      }
      if (upstreamMs !== undefined) {
        this.#upstream.observe(labels, upstreamMs / 1000);
        this.#added.observe(NO_LABELS, (outcome.latencyMs - upstreamMs) / 1000);
      }
      if (outcome.firstByteMs !== undefined) {
        this.#firstByte.observe(labels, outcome.firstByteMs / 1000);
      }
    }
    if (usage) {
      const { inputTokens, outputTokens, cachedInputTokens = 0 } = usage;
      const estimated = String(usage.estimated);
      const count = (type: string, amount: number) => {
        if (amount > 0) {
          this.#tokens.add({ profile, model, type, estimated }, amount);
        }
      };
      count('input', inputTokens - cachedInputTokens);
      count('cached_input', cachedInputTokens);
      count('output', outputTokens);
    }
    if (cost) {
      const { currency, costMicros } = cost;
      this.#cost.add({ profile, model, currency }, costMicros / 1e6);
    }
  }

  /** Something that is looked up when somebody asks. */
  gauge(name: string, help: string, read: () => number): void {
    this.gauges(name, help, [], () => [{ labels: {}, value: read() }]);
  }

  /** As {@link Metrics.gauge}, with labels. */
  gauges(
    name: string,
    help: string,
    labelNames: string[],
    read: () => Iterable<{ labels: Labels; value: number }>,
  ): void {
    const gauge = new Gauge({
      name: PREFIX + name,
      help,
      labelNames,
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const { labels, value } of read()) {
          this.set(labels, value);
        }
      },
    });
    gauge.reset();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** In the text format of Prometheus. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #tally<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
  ): Tally<Label> {
    return new Tally(this.#registry, PREFIX + name, help, labelNames);
  }

  #histogram<Label extends string = never>(
    name: string,
    help: string,
    bounds: readonly number[],
    labelNames: readonly Label[] = [],
  ): Bars<Label> {
    return new Bars(this.#registry, { name, help, bounds, labelNames });
  }
}
