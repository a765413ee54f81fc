import type { EndpointState } from '@modelhub/backstage-plugin-models-common';
import { StatusChip } from '@modelhub/backstage-plugin-models-react';
import { stateLooks } from './states';

/** Where an evaluation endpoint stands. */
export function EndpointStateChip({ state }: { state: EndpointState }) {
  return <StatusChip {...stateLooks[state]} />;
}
