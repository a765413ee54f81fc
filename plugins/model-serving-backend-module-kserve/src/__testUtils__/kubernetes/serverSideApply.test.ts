import { applyObject, ownChanges } from './serverSideApply';
import type { StoredObject } from './objects';
import { admit } from './kinds';

const service = (predictor: object): StoredObject => ({
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  metadata: { name: 'x', namespace: 'y' },
  spec: { predictor },
});

const spec = (object: StoredObject) =>
  (object.spec as { predictor: { minReplicas?: number } }).predictor;

describe('server-side apply of the test server', () => {
  it('refuses a field that somebody else has set otherwise, and takes it when forced', () => {
    const live = applyObject(
      undefined,
      service({ minReplicas: 1 }),
      'hub',
      false,
    );
    const edited = structuredClone(live);
    spec(edited).minReplicas = 5;
    ownChanges(live, edited, 'kubectl-edit');

    const again = () =>
      applyObject(edited, service({ minReplicas: 1 }), 'hub', false);
    expect(again).toThrow(
      'Apply failed with 1 conflict: conflict with "kubectl-edit" using serving.kserve.io/v1beta1: .spec.predictor.minReplicas',
    );
    const forced = applyObject(
      edited,
      service({ minReplicas: 1 }),
      'hub',
      true,
    );
    expect(spec(forced).minReplicas).toBe(1);
    expect(
      forced.metadata.managedFields?.map(({ manager }) => manager),
    ).toEqual(['hub']);
  });

  it('shares what both set alike, and removes what nobody wants any more', () => {
    const first = applyObject(
      undefined,
      service({
        minReplicas: 1,
        maxReplicas: 2,
        model: {
          modelFormat: { name: 'vLLM' },
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
        },
      }),
      'hub',
      false,
    );
    const shared = applyObject(
      first,
      service({ maxReplicas: 2 }),
      'argocd',
      false,
    );
    const after = applyObject(
      shared,
      service({
        model: {
          modelFormat: { name: 'vLLM' },
          env: [{ name: 'B', value: '2' }],
        },
      }),
      'hub',
      false,
    );
    expect(spec(after)).toEqual({
      maxReplicas: 2,
      model: {
        modelFormat: { name: 'vLLM' },
        env: [{ name: 'B', value: '2' }],
      },
    });
  });

  it.each([
    [{ minReplica: 1 }, '.spec.predictor.minReplica: field not declared'],
    [{ minReplicas: 'one' }, 'must be of type integer'],
    [
      { model: { modelFormat: {} } },
      '.spec.predictor.model.modelFormat.name: Required value',
    ],
    [{ scaleMetric: 'mood' }, 'Unsupported value: "mood"'],
  ])('refuses %j by the real schema', (predictor, words) => {
    expect(() => admit(service(predictor))).toThrow(words);
  });

  it('refuses what Kubernetes refuses in its own kinds', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'x', labels: { a: 'not ok!' } },
      spec: { containers: [{ image: 'x' }] },
    };
    expect(() => admit(pod)).toThrow(
      /a valid label.*\.spec\.containers\[0\]\.name: Required value/,
    );
  });
});
