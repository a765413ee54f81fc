type Labels = Record<string, string>;

/** Upper bounds of the latency histogram, in seconds. */
const BUCKETS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
];

class Counter {
  readonly #name: string;
  readonly #help: string;
  readonly #values = new Map<string, number>();

  constructor(name: string, help: string) {
    this.#name = name;
    this.#help = help;
  }

  add(labels: Labels = {}): void {
    const series = seriesOf(labels);
    this.#values.set(series, (this.#values.get(series) ?? 0) + 1);
  }

  text(): string {
    const lines = [...this.#values].map(
      ([series, value]) => `${this.#name}${series} ${value}`,
    );
    return section(this.#name, this.#help, 'counter', lines);
  }
}

class Histogram {
  readonly #name: string;
  readonly #help: string;
  readonly #counts = BUCKETS.map(() => 0);
  #sum = 0;
  #count = 0;

  constructor(name: string, help: string) {
    this.#name = name;
    this.#help = help;
  }

  observe(seconds: number): void {
    this.#sum += seconds;
    this.#count += 1;
    const bucket = BUCKETS.findIndex(bound => seconds <= bound);
    if (bucket >= 0) {
      this.#counts[bucket] += 1;
    }
  }

  text(): string {
    let total = 0;
    const lines = BUCKETS.map((bound, index) => {
      total += this.#counts[index];
      return `${this.#name}_bucket{le="${bound}"} ${total}`;
    });
    lines.push(
      `${this.#name}_bucket{le="+Inf"} ${this.#count}`,
      `${this.#name}_sum ${this.#sum}`,
      `${this.#name}_count ${this.#count}`,
    );
    return section(this.#name, this.#help, 'histogram', lines);
  }
}

/** What the gateway counts, in the text format of Prometheus. */
export class Metrics {
  readonly requests = new Counter(
    'modelhub_gateway_requests_total',
    'Answered requests by route and status.',
  );
  readonly refusals = new Counter(
    'modelhub_gateway_refusals_total',
    'Decisions against a call by reason and enforcement mode.',
  );
  readonly alarms = new Counter(
    'modelhub_gateway_alarms_total',
    'Snapshots and answers of the control plane that were not taken, by reason.',
  );
  readonly mismatches = new Counter(
    'modelhub_gateway_model_mismatch_total',
    'Answers whose model is not the approved one, by provider.',
  );
  readonly upstreamErrors = new Counter(
    'modelhub_gateway_upstream_errors_total',
    'Calls that a provider did not answer well, by provider and reason.',
  );
  readonly duration = new Histogram(
    'modelhub_gateway_request_duration_seconds',
    'From a request to the end of its answer.',
  );
  readonly #gauges: Array<{ name: string; help: string; read: () => number }> =
    [];

  gauge(name: string, help: string, read: () => number): void {
    this.#gauges.push({ name: `modelhub_gateway_${name}`, help, read });
  }

  text(): string {
    return [
      this.requests,
      this.refusals,
      this.alarms,
      this.mismatches,
      this.upstreamErrors,
      this.duration,
    ]
      .map(metric => metric.text())
      .concat(
        this.#gauges.map(({ name, help, read }) =>
          section(name, help, 'gauge', [`${name} ${read()}`]),
        ),
      )
      .join('');
  }
}

function section(name: string, help: string, type: string, lines: string[]) {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines
    .map(line => `${line}\n`)
    .join('')}`;
}

function seriesOf(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) =>
      `${name}="${value.replace(/[\\"\n]/g, it =>
        it === '\n' ? '\\n' : `\\${it}`,
      )}"`,
  );
  return pairs.length > 0 ? `{${pairs.join()}}` : '';
}
