import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  approvalRouteRef,
  batchRouteRef,
  endpointRouteRef,
  modelsRouteRef,
  playgroundRouteRef,
  requestRouteRef,
  rootRouteRef,
} from '../routes';

/** What the playground begins with. */
export interface PlaygroundStart {
  profile?: string;
  /** Ids of targets. */
  targets?: string[];
  /** Of a model, whose targets are chosen first. */
  entityRef?: string;
}

/** Query parameters of the playground's address. */
export function playgroundQuery(start: PlaygroundStart): string {
  const query = new URLSearchParams();
  if (start.profile) query.set('profile', start.profile);
  for (const target of start.targets ?? []) query.append('target', target);
  if (start.entityRef) query.set('entityRef', start.entityRef);
  const text = query.toString();
  return text ? `?${text}` : '';
}

/** Addresses of this plugin's views and of those that it leads to. */
export function useServingPaths() {
  const root = useRouteRef(rootRouteRef)();
  const endpoint = useRouteRef(endpointRouteRef);
  const playground = useRouteRef(playgroundRouteRef);
  const batch = useRouteRef(batchRouteRef);
  const approval = useRouteRef(approvalRouteRef);
  const request = useRouteRef(requestRouteRef);
  const models = useRouteRef(modelsRouteRef);
  const entity = useRouteRef(entityRouteRef);
  return {
    endpoints: root,
    endpoint: (id: string) => endpoint({ id }),
    playground: (start: PlaygroundStart = {}) =>
      `${playground()}${playgroundQuery(start)}`,
    inputs: (start: PlaygroundStart = {}) =>
      `${root}/inputs${playgroundQuery(start)}`,
    batch: (id: string) => batch({ id }),
    /** Undefined without the governance frontend. */
    approval: approval && ((id: string) => approval({ id })),
    /** Undefined without the governance frontend. */
    request:
      request &&
      ((entityRef: string, modelVersion: string) =>
        `${request()}?${new URLSearchParams({ entityRef, modelVersion })}`),
    /** Undefined without the frontend of cards. */
    models: models?.(),
    /** The tab with evaluations of a model. */
    evaluations: (entityRef: string) =>
      `${entity(
        parseEntityRef(entityRef, { defaultKind: 'model' }),
      )}/evaluations`,
  };
}
