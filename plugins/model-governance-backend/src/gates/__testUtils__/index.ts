import { mockServices } from '@backstage/backend-test-utils';
import type {
  GateOutcome,
  GateSubject,
  ModelGate,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import { TestClock } from '../../__testUtils__';
import type { LedgerStore } from '../../ledger';
import type { Outbox } from '../../outbox';
import type { GateDemand } from '../../policies/PolicyService';
import { DefaultGateService } from '../DefaultGateService';
import { GateRegistry } from '../GateRegistry';
import type { GatesConclusion } from '../GateService';

export const pass: GateOutcome = {
  verdict: 'pass',
  summary: 'Fine.',
  findings: [],
};
export const fail: GateOutcome = {
  verdict: 'fail',
  summary: 'Not fine.',
  findings: [{ id: 'f', severity: 'critical', message: 'Bad.' }],
  evidence: { saw: 'it' },
};

export const subject = (changes: Partial<GateSubject> = {}): GateSubject => ({
  entity: {
    apiVersion: 'modelhub.dev/v1alpha1',
    kind: 'Model',
    metadata: { name: 'm' },
    spec: {
      type: 'llm',
      lifecycle: 'active',
      owner: 'group:default/ml',
      provider: 'meta',
      gatewayId: 'meta/m',
    },
  },
  entityRef: 'model:default/m',
  version: { name: '1' },
  pin: 'sha256:aa',
  decisionFactsHash: 'sha256:bb',
  tier: 'internal',
  purpose: { id: 'p', title: 'P', dataClasses: [], regions: [] },
  profile: 'team',
  ...changes,
});

export const demand = (
  id: string,
  changes: Partial<GateDemand> = {},
): GateDemand => ({
  id,
  required: true,
  params: {},
  waivableBy: [],
  waiverDays: 0,
  ...changes,
});

export function gate(
  id: string,
  evaluate: ModelGate['evaluate'],
  changes: Partial<ModelGate> = {},
): ModelGate {
  return {
    id,
    title: `Gate ${id}`,
    version: '1',
    appliesTo: () => true,
    evaluate,
    ...changes,
  };
}

/** Gates over a database, with everything that they conclude. */
export function open(
  transactions: Transactions,
  gates: ModelGate[],
  options: {
    clock?: TestClock;
    owner?: string;
    timeoutMs?: number;
    progressMs?: number;
    outbox?: Outbox;
    ledger?: Pick<LedgerStore, 'append'>;
  } = {},
) {
  const clock = options.clock ?? new TestClock();
  const told: Array<[string, GatesConclusion]> = [];
  const service = DefaultGateService.create({
    transactions,
    clock,
    logger: mockServices.logger.mock({
      child: () => mockServices.logger.mock(),
    }),
    registry: GateRegistry.create(gates),
    getEntities: async () => new Map(),
    ledger: { append: async () => [] },
    outbox: { add: async () => {}, wake: () => {} },
    ...options,
  });
  service.onConclusion(async (id, conclusion) => {
    told.push([id, conclusion]);
  });
  const ask = async (
    approvalId: string,
    demands: GateDemand[],
    about = subject(),
  ) =>
    transactions.run(tx =>
      service.enqueue(tx, { approvalId, subject: about, demands }),
    );
  const resultOf = async (approvalId: string, gateId: string) =>
    (await service.results([approvalId]))
      .get(approvalId)
      ?.find(result => result.gateId === gateId);
  return { service, told, clock, ask, resultOf };
}
