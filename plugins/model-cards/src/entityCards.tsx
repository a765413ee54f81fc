import {
  EntityCardBlueprint,
  EntityContentLayoutBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { Fragment } from 'react';

const filter = { kind: 'model' };

const standing = EntityCardBlueprint.make({
  name: 'standing',
  params: {
    type: 'content',
    filter,
    loader: () => import('./card').then(({ StandingCard }) => <StandingCard />),
  },
});

const lifecycle = EntityCardBlueprint.make({
  name: 'lifecycle',
  params: {
    type: 'content',
    filter: {
      kind: 'model',
      'spec.lifecycle': { $in: ['deprecated', 'retired'] },
    },
    loader: () =>
      import('./card').then(({ LifecycleCard }) => <LifecycleCard />),
  },
});

const purpose = EntityCardBlueprint.make({
  name: 'purpose',
  params: {
    type: 'content',
    filter,
    loader: () => import('./card').then(({ PurposeCard }) => <PurposeCard />),
  },
});

const licence = EntityCardBlueprint.make({
  name: 'licence',
  params: {
    type: 'content',
    filter,
    loader: () => import('./card').then(({ LicenceCard }) => <LicenceCard />),
  },
});

const running = EntityCardBlueprint.make({
  name: 'running',
  params: {
    type: 'content',
    filter,
    loader: () => import('./card').then(({ RunningCard }) => <RunningCard />),
  },
});

const versions = EntityCardBlueprint.make({
  name: 'versions',
  params: {
    type: 'content',
    filter,
    loader: () => import('./card').then(({ VersionsCard }) => <VersionsCard />),
  },
});

const benchmarks = EntityCardBlueprint.make({
  name: 'benchmarks',
  params: {
    type: 'content',
    filter,
    loader: () =>
      import('./card').then(({ BenchmarksCard }) => <BenchmarksCard />),
  },
});

const lineage = EntityCardBlueprint.make({
  name: 'lineage',
  params: {
    type: 'content',
    filter,
    loader: () => import('./card').then(({ LineageCard }) => <LineageCard />),
  },
});

const text = EntityCardBlueprint.make({
  name: 'text',
  params: {
    type: 'content',
    filter: { kind: 'model', 'spec.card': { $exists: true } },
    loader: () => import('./card').then(({ CardTextCard }) => <CardTextCard />),
  },
});

const completeness = EntityCardBlueprint.make({
  name: 'completeness',
  params: {
    type: 'info',
    filter,
    loader: () =>
      import('./card').then(({ CompletenessCard }) => <CompletenessCard />),
  },
});

/**
 * Puts cards that say they are content first. Cards of other plugins that say
 * nothing, such as the relations graph, come after what people came to read.
 */
const layout = EntityContentLayoutBlueprint.make({
  name: 'model',
  params: {
    filter,
    loader: async () => {
      const { OverviewLayout } = await import('./card');
      return ({ cards }) => {
        const ofType = (type: 'content' | 'info' | undefined) =>
          cards
            .filter(card => card.type === type)
            .map(({ element }, index) => (
              <Fragment key={element.key ?? index}>{element}</Fragment>
            ));
        return (
          <OverviewLayout
            main={[
              <Fragment key="content">{ofType('content')}</Fragment>,
              <Fragment key="other">{ofType(undefined)}</Fragment>,
            ]}
            aside={ofType('info')}
          />
        );
      };
    },
  },
});

/** In the order in which people read them. */
export const entityCards = [
  lifecycle,
  standing,
  purpose,
  licence,
  running,
  versions,
  benchmarks,
  lineage,
  text,
  completeness,
  layout,
];
