import { InfoCard, Link } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { isModelEntity } from '@modelhub/backstage-plugin-models-common';
import {
  EmptyHint,
  Loaded,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useUsagePaths } from '../lib/paths';
import { useUsage } from '../lib/useUsage';
import { BudgetLeftBar } from './BudgetLeftBar';
import { ObjectiveDialog } from './ObjectiveDialog';
import { ObjectivesTable } from './ObjectivesTable';
import { StateChip } from './StateChip';
import { kinds, nameOf, termsText } from './words';

/** More are on the page. */
const MOST = 50;

const useModelObjectives = (model: string) =>
  useUsage(`objectives of ${model}`, (api, signal) =>
    model
      ? api.listObjectives({ model, limit: MOST }, { signal })
      : Promise.resolve({ items: [], maySetControlPlane: false }),
  );

/** On the tab "Usage" of a model: what its endpoint has to keep. */
export function ModelObjectivesSection({ model }: { model: string }) {
  const query = useModelObjectives(model);
  const paths = useUsagePaths();
  const navigate = useNavigate();
  const [isSetting, setSetting] = useState(false);
  return (
    <Section
      title="Objectives"
      description="What its endpoint has to keep. The owners of the model set it, and are told when the error budget burns."
      actions={
        <Button variant="outlined" onClick={() => setSetting(true)}>
          Set objective…
        </Button>
      }
    >
      <Loaded
        query={query}
        room="model-usage"
        failure="The objectives could not be loaded"
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyHint
              title="This model has no objective"
              description="Say how many of its calls have to go well, or how fast, and hear of it when they do not."
            />
          ) : (
            <ObjectivesTable
              label="Objectives of this model"
              items={items}
              withModel={false}
            />
          )
        }
      </Loaded>
      {isSetting && (
        <ObjectiveDialog
          plane="data"
          model={model}
          onClose={() => setSetting(false)}
          onDone={({ id }) => navigate(paths.objectiveOf(id))}
        />
      )}
    </Section>
  );
}

/** On the overview of a model: whether it keeps its objectives. */
export function ModelObjectivesCard() {
  const { entity } = useEntity();
  const model = isModelEntity(entity) ? entity.spec.gatewayId : '';
  const query = useModelObjectives(model);
  const paths = useUsagePaths();
  // A card that has nothing to say says nothing.
  const isSilent = ['absent', 'forbidden'].includes(query.status);
  if (isSilent || query.value?.items.length === 0) return null;
  return (
    <InfoCard
      title="Objectives"
      deepLink={{ title: 'All objectives', link: paths.objectives }}
    >
      <Loaded
        query={query}
        room="model-usage"
        failure="The objectives could not be loaded"
      >
        {({ items }) => (
          <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {items.map(it => (
              <li key={it.id} style={{ marginBottom: 12 }}>
                <StateChip state={it.state} />{' '}
                <Link to={paths.objectiveOf(it.id)} aria-label={nameOf(it)}>
                  {kinds[it.kind].label}
                </Link>
                <Typography variant="caption" component="div">
                  {termsText(it)}
                </Typography>
                <BudgetLeftBar objective={it} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </InfoCard>
  );
}
