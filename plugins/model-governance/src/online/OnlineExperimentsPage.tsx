import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import type { OnlineExperiment } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
  EmptyHint,
  RelativeTime,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useLive } from '../hooks/useLive';
import { rootRouteRef } from '../routes';
import { Loaded } from '../shared/Loaded';
import { PlanDialog } from './PlanDialog';
import { modelWords, percent, stateWords } from './words';

const columns = (root: string): Column<OnlineExperiment>[] => [
  {
    header: 'Experiment',
    render: it => <Link to={`${root}/online/${it.id}`}>{it.title}</Link>,
  },
  { header: 'State', render: stateWords },
  { header: 'Calls of', render: it => it.profileTitle },
  {
    header: 'Models',
    render: it =>
      it.challenger
        ? `${modelWords(it.control)} against ${modelWords(
            it.challenger,
          )} (${percent(it.share)})`
        : modelWords(it.control),
  },
  {
    header: 'Calls',
    render: it => (it.calls.control + it.calls.challenger).toLocaleString(),
  },
  {
    header: 'Ends',
    render: it => {
      const at = it.stop?.at ?? it.endsAt;
      return at ? <RelativeTime at={at} /> : `${it.days} days after consent`;
    },
  },
];

/** Experiments with live calls: what runs, what waits for consent, and what was. */
export function OnlineExperimentsPage() {
  const root = useRouteRef(rootRouteRef)();
  const navigate = useNavigate();
  const [planning, setPlanning] = useState(false);
  const query = useLive('online', (api, signal) =>
    api.listOnlineExperiments({}, { signal }),
  );
  return (
    <Section
      title="Experiments with live calls"
      description="Answers of an access profile are scored inside the gateway, for one model or for two that share the calls. Only numbers leave it, and only with the consent of the profile’s owner."
      actions={
        query.value?.mayCreate && (
          <Button variant="outlined" onClick={() => setPlanning(true)}>
            Plan an experiment
          </Button>
        )
      }
    >
      <Loaded query={query} failure="The experiments could not be loaded">
        {({ items, mayCreate }) =>
          items.length === 0 ? (
            <EmptyHint
              title="There is no experiment that you may see"
              description={
                mayCreate
                  ? 'Plan one to learn how a model does with real calls before you move all of them.'
                  : 'You see those of access profiles that you belong to. Their owners plan them.'
              }
            />
          ) : (
            <DataTable
              label="Experiments with live calls"
              columns={columns(root)}
              rows={items}
              rowKey={it => it.id}
            />
          )
        }
      </Loaded>
      {planning && (
        <PlanDialog
          onClose={() => setPlanning(false)}
          onPlanned={({ id }) => navigate(`${root}/online/${id}`)}
        />
      )}
    </Section>
  );
}
