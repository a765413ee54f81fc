import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  fitOn,
  gpusNeeded,
  hardwareFactsOf,
  parseGpus,
  type ModelEntityV1alpha1,
  type ModelVersion,
} from '@modelhub/backstage-plugin-models-common';
import type {
  EngineModel,
  EngineResources,
} from '@modelhub/backstage-plugin-models-node';

/** A version as engines get it, or why none can run it. */
export function engineModel(
  entity: ModelEntityV1alpha1,
  version: ModelVersion,
): EngineModel | { reason: string } {
  const { spec } = entity;
  const { artifact } = version;
  if (spec.lifecycle === 'retired') {
    return { reason: 'The model is retired. Choose its successor.' };
  }
  if (!artifact) {
    return {
      reason: version.providerModelId
        ? 'Its provider runs it, and there is nothing to run here. Call it through the gateway, or try it in the playground.'
        : 'The card names no artifact. Ask the owner of the model to add one with its digest.',
    };
  }
  if (!artifact.digest) {
    return {
      reason:
        'The card names no digest of the artifact, so nobody can tell which bytes would run. Ask the owner of the model to add it.',
    };
  }
  return {
    entityRef: stringifyEntityRef(entity),
    gatewayId: spec.gatewayId,
    version: version.name,
    artifact,
    tasks: spec.tasks ?? [],
    contextTokens: spec.context?.maxTokens,
  };
}

/** Share of a GPU's memory that model servers use. */
const UTILIZATION = 0.9;

/**
 * What one replica takes: as the engine says, with more GPUs where the card's
 * facts tell that those do not hold the model.
 */
export function resourcesFor(
  entity: ModelEntityV1alpha1,
  version: ModelVersion,
  asked: EngineResources,
): { resources: EngineResources; note?: string } {
  const set = asked.gpu ? parseGpus(`1x ${asked.gpu}`) : undefined;
  const { facts } = hardwareFactsOf(entity, version);
  if (asked.gpus === 0 || !set || !facts) return { resources: asked };
  const needed = gpusNeeded(facts, set.gpu.memoryGiB * UTILIZATION);
  if (needed === undefined || needed <= asked.gpus) return { resources: asked };
  const { estimate } = fitOn(facts, { count: needed, gpu: set.gpu });
  return {
    resources: { ...asked, gpus: needed },
    note: `By its card it takes ${estimate.totalGiB.toFixed(
      0,
    )} GiB of GPU memory, which is ${needed}x ${set.gpu.name}.`,
  };
}
