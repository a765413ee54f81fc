import type { EvaluationResult } from '@modelhub/governance-protocol';
import { metricsOf } from './presentBatch';

const metric = (name: string, slice?: string, statistic?: string) => ({
  name,
  value: 1,
  unit: 'ms',
  ...(slice && { slice }),
  ...(statistic && { statistic }),
});

describe('metricsOf', () => {
  it('takes the load of the one run for no group of the file', () => {
    const shown = metricsOf({
      metrics: [
        metric('request_latency', 'concurrency=4', 'p50'),
        metric('ttft', undefined, 'p50'),
        metric('ttft', 'concurrency=4', 'p50'),
        metric('exact_match', 'topic=billing'),
      ],
      measures: {},
    } as unknown as EvaluationResult);
    expect(
      shown.map(({ name, slice }) => [name, slice].filter(Boolean).join(' ')),
    ).toEqual(['request_latency', 'ttft', 'exact_match topic=billing']);
  });
});
