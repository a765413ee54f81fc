import {
  DEFAULT_NAMESPACE,
  type Entity,
  parseEntityRef,
} from '@backstage/catalog-model';
import {
  EntityRefLink,
  EntityRefLinks,
  getEntityRelations,
} from '@backstage/plugin-catalog-react';
import {
  RELATION_DERIVED_FROM,
  RELATION_HAS_DERIVATIVE,
  RELATION_MODEL_CONSUMED_BY,
  RELATION_SERVED_BY,
  RELATION_SUPERSEDED_BY,
  RELATION_SUPERSEDES,
  RELATION_TRAINED_ON,
  splitVersionedRef,
} from '@modelhub/backstage-plugin-models-common';
import { Fragment } from 'react';
import { FactList, NotStated, SectionCard } from './SectionCard';
import { useModelEntity } from './useModelEntity';

const relations: Array<[title: string, relation: string]> = [
  ['Made from', RELATION_DERIVED_FROM],
  ['Trained on', RELATION_TRAINED_ON],
  ['Models made from it', RELATION_HAS_DERIVATIVE],
  ['Replaces', RELATION_SUPERSEDES],
  ['Replaced by', RELATION_SUPERSEDED_BY],
  ['Used by', RELATION_MODEL_CONSUMED_BY],
  ['Served by', RELATION_SERVED_BY],
];

function links(entity: Entity, relation: string) {
  const refs = getEntityRelations(entity, relation);
  return refs.length ? <EntityRefLinks entityRefs={refs} /> : undefined;
}

/** Features as links, each with the version that the model goes with. */
function Features({ features }: { features: string[] }) {
  return (
    <>
      {features.map((feature, index) => {
        const { ref, version } = splitVersionedRef(feature);
        return (
          <Fragment key={feature}>
            {index > 0 && ', '}
            <EntityRefLink
              entityRef={parseEntityRef(ref, {
                defaultKind: 'Resource',
                defaultNamespace: DEFAULT_NAMESPACE,
              })}
              hideIcon
            />
            {version && ` ${version}`}
          </Fragment>
        );
      })}
    </>
  );
}

/** Where the model comes from and who depends on it. */
export function LineageCard() {
  const entity = useModelEntity();
  const { features } = entity.spec;
  const facts = relations.map(
    ([title, relation]) =>
      [title, links(entity, relation)] as [string, JSX.Element | undefined],
  );
  const known = facts.some(([, value]) => value) || Boolean(features?.length);
  return (
    <SectionCard title="Where it comes from and who uses it">
      {known ? (
        <FactList
          facts={[
            ...facts,
            [
              'Features it was trained with',
              features?.length ? <Features features={features} /> : undefined,
            ],
          ]}
        />
      ) : (
        <NotStated>
          The card names neither a base model nor training data, and nothing in
          the catalog says that it uses this model.
        </NotStated>
      )}
    </SectionCard>
  );
}
