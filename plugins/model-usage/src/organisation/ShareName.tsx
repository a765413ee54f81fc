import { Link } from '@backstage/core-components';
import {
  Person,
  PersonName,
  TierChip,
} from '@modelhub/backstage-plugin-models-react';
import { subjectText } from '../budgets/SubjectName';
import { useUsagePaths } from '../lib/paths';
import type { KnownModel } from '../lib/useModels';
import type { Names } from '../lib/useNames';
import { ModelName } from '../shared/ModelName';

/** What usage can be broken down by. */
export const breakdowns = [
  { value: 'model', label: 'Model' },
  { value: 'team', label: 'Team' },
  { value: 'component', label: 'Component' },
  { value: 'profile', label: 'Access profile' },
  { value: 'tier', label: 'Tier' },
  { value: 'source', label: 'Source' },
] as const;

/** One of them. */
export type BreakdownKey = (typeof breakdowns)[number]['value'];

const tiers = ['sandbox', 'internal', 'customer-facing', 'regulated'] as const;

/** A name in a breakdown, with a link to more of it. */
export function ShareName(props: {
  by: BreakdownKey;
  name: string;
  names: Names | undefined;
  modelOf: (id: string) => KnownModel | undefined;
}) {
  const { by, name, names, modelOf } = props;
  const paths = useUsagePaths();
  if (name === '') return <>Not known</>;
  if (by === 'model') return <ModelName id={name} known={modelOf(name)} />;
  if (by === 'team') {
    return (
      <Link to={paths.spendingOf('team', name)}>
        <PersonName entityRef={name} />
      </Link>
    );
  }
  if (by === 'profile') {
    return (
      <Link to={paths.spendingOf('profile', name)}>
        {subjectText('profile', name, names)}
      </Link>
    );
  }
  if (by === 'component') return <Person entityRef={name} />;
  const tier = tiers.find(one => by === 'tier' && one === name);
  return tier ? <TierChip tier={tier} /> : <>{name}</>;
}
