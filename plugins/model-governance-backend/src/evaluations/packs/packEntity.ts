import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  isEvaluationPackEntity,
  type EvaluationPackEntityV1alpha1,
  type EvaluationPackSummary,
} from '@modelhub/backstage-plugin-models-common';

export type PackEntity = EvaluationPackEntityV1alpha1;

export { isEvaluationPackEntity };

/** `./a/b.jsonl` and `a//b.jsonl` are the same file. */
export const plainPath = (path: string) =>
  path.startsWith('/')
    ? path
    : path
        .split('/')
        .filter(part => part !== '' && part !== '.')
        .join('/');

/** The entity as whoever wrote it: `pack.yaml`, for the digest and to hand on. */
export function packYamlOf({
  apiVersion,
  kind,
  metadata: { name, namespace, title, description },
  spec,
}: PackEntity): string {
  return JSON.stringify(
    {
      apiVersion,
      kind,
      metadata: {
        name,
        ...(namespace && { namespace }),
        ...(title && { title }),
        ...(description && { description }),
      },
      spec,
    },
    undefined,
    2,
  );
}

/** Paths of the files that belong to a pack, as readers name them. */
export const packFiles = ({ spec }: PackEntity): string[] =>
  [spec.cases, ...(spec.documents ? [spec.documents] : [])].map(plainPath);

/** What the entity alone says. */
export function packFacts(
  entity: PackEntity,
): Omit<EvaluationPackSummary, 'problems'> {
  const { metadata, spec } = entity;
  return {
    entityRef: stringifyEntityRef(entity),
    name: metadata.name,
    title: metadata.title ?? metadata.name,
    description: metadata.description,
    type: spec.type,
    version: spec.version,
    owner: spec.owner,
    lifecycle: spec.lifecycle,
    purposes: spec.purposes ?? [],
    modelTasks: spec.modelTasks ?? [],
    task: spec.task,
  };
}
