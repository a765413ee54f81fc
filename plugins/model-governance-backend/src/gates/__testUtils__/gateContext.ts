import { mockServices } from '@backstage/backend-test-utils';
import type { GateContext } from '@modelhub/backstage-plugin-models-node';

/** What a gate is given in tests. */
export function gateContext(
  options: Partial<GateContext> & {
    /** Entities of the catalog by ref. */
    catalog?: Record<string, object>;
  } = {},
): GateContext {
  const { catalog = {}, ...rest } = options;
  return {
    logger: mockServices.logger.mock(),
    signal: new AbortController().signal,
    now: new Date(),
    getEntities: async refs =>
      new Map(refs.flatMap(ref => (catalog[ref] ? [[ref, catalog[ref]]] : []))),
    submittedEvidence: async () => [],
    incumbent: async () => undefined,
    progress: () => {},
    ...rest,
  };
}
