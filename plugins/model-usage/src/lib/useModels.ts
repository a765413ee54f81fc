import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useRoomQuery } from '@modelhub/backstage-plugin-models-react';

/** A model of the catalog, by what callers call it. */
export interface KnownModel {
  entityRef: string;
  title: string;
}

/** Callers may pin a version: `meta/llama@1.0`. */
const unversioned = (model: string) =>
  model.toLowerCase().replace(/@[^@/]*$/, '');

const gatewayIdOf = (entity: Entity) =>
  String((entity.spec as { gatewayId?: unknown }).gatewayId);

/** The catalog's models behind the ids that callers sent, as far as the reader may see them. */
export function useModels(
  ids: string[] | undefined,
): (id: string) => KnownModel | undefined {
  const wanted = [...new Set((ids ?? []).map(unversioned))].sort();
  const { value } = useRoomQuery(
    catalogApiRef,
    async catalog => {
      if (wanted.length === 0) return new Map<string, KnownModel>();
      const { items } = await catalog.getEntities({
        filter: { kind: 'Model', 'spec.gatewayId': wanted },
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.title',
          'spec.gatewayId',
        ],
      });
      return new Map(
        items.map(entity => [
          gatewayIdOf(entity).toLowerCase(),
          {
            entityRef: stringifyEntityRef(entity),
            title: entity.metadata.title ?? entity.metadata.name,
          },
        ]),
      );
    },
    [wanted.join('\n')],
  );
  return id => value?.get(unversioned(id));
}
