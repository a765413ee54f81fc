import type { RoutingConfig } from '../config';
import { Circuit } from './Circuit';
import { RetryBudget } from './RetryBudget';
import { pick } from './Router';

const CONFIG: RoutingConfig = {
  retries: 1,
  retryBudget: 0.2,
  maxRetryWaitMs: 1_000,
  circuitFailures: 3,
  circuitWindowMs: 10_000,
  circuitOpenMs: 5_000,
};

describe('Circuit', () => {
  const failing = () => {
    const circuit = new Circuit(CONFIG);
    [1, 2, 3].forEach(now => circuit.failed(now));
    return circuit;
  };

  it('opens after so many failures, and says for how long', () => {
    const circuit = new Circuit(CONFIG);
    circuit.failed(1);
    circuit.failed(2);
    expect([circuit.state, circuit.enter(2)]).toEqual(['closed', undefined]);
    circuit.failed(3);
    expect([circuit.state, circuit.enter(1_003)]).toEqual(['open', 4_000]);
  });

  it('stays closed while most calls go well, or failures are old', () => {
    const busy = new Circuit(CONFIG);
    for (let now = 0; now < 10; now++) {
      busy.succeeded(now);
    }
    [11, 12, 13].forEach(now => busy.failed(now));
    expect(busy.state).toBe('closed');
    const old = new Circuit(CONFIG);
    [0, 1, 20_000].forEach(now => old.failed(now));
    expect(old.state).toBe('closed');
  });

  it('lets one call try after a while, and closes when it goes well', () => {
    const circuit = failing();
    expect(circuit.enter(5_003)).toBeUndefined();
    expect(circuit.state).toBe('half-open');
    expect(circuit.enter(5_003)).toBeGreaterThan(0);
    circuit.succeeded(5_010);
    expect([circuit.state, circuit.enter(5_011)]).toEqual([
      'closed',
      undefined,
    ]);
  });

  it('opens again when the try fails, and lets another try when it tells nothing', () => {
    const circuit = failing();
    circuit.enter(5_003);
    circuit.failed(5_004);
    expect(circuit.enter(5_005)).toBe(4_999);
    expect(circuit.enter(10_004)).toBeUndefined();
    circuit.cancelled();
    expect(circuit.enter(10_005)).toBeUndefined();
  });

  it('does not close by a call from before it opened', () => {
    const circuit = failing();
    circuit.succeeded(4);
    expect(circuit.state).toBe('open');
  });
});

describe('RetryBudget', () => {
  it('gives no more retries than its share of the calls, after what was saved', () => {
    const budget = new RetryBudget(0.2);
    let retries = 0;
    for (let call = 0; call < 1_000; call++) {
      budget.earn();
      retries += budget.spend() ? 1 : 0;
    }
    expect(retries).toBeGreaterThanOrEqual(200);
    expect(retries).toBeLessThanOrEqual(220);
  });

  it('gives none where there is no share', () => {
    expect(new RetryBudget(0).spend()).toBe(false);
  });
});

describe('pick', () => {
  const targets = [
    { model: 'a', weight: 9 },
    { model: 'b', weight: 0 },
    { model: 'c', weight: 1 },
  ];
  it.each([
    [0, 'a'],
    [0.89, 'a'],
    [0.9, 'c'],
    [0.999999, 'c'],
  ])('takes at %d the target %s', (point, model) => {
    expect(pick({ targets }, point).model).toBe(model);
  });
});
