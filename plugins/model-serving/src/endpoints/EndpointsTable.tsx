import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import type { EvaluationEndpoint } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
  Person,
} from '@modelhub/backstage-plugin-models-react';
import { useServingPaths } from '../lib/paths';
import { EndpointActions } from './EndpointActions';
import { EndpointStanding } from './EndpointStanding';
import { costSoFarText } from './words';

/** Endpoints with where each stands and what can be done. */
export function EndpointsTable(props: {
  label: string;
  endpoints: EvaluationEndpoint[];
  onChanged: (after: EvaluationEndpoint) => void;
  /** On the page of a model, whose name everybody there knows. */
  withoutModel?: boolean;
}) {
  const paths = useServingPaths();
  const columns: Column<EvaluationEndpoint>[] = [
    {
      header: props.withoutModel ? 'Version' : 'Model',
      render: endpoint => (
        <>
          <Link to={paths.endpoint(endpoint.id)}>
            {props.withoutModel
              ? endpoint.modelVersion
              : `${endpoint.title} ${endpoint.modelVersion}`}
          </Link>
          {endpoint.note && (
            <Typography variant="body2" color="textSecondary" component="div">
              {endpoint.note}
            </Typography>
          )}
        </>
      ),
    },
    {
      header: 'State',
      render: endpoint => <EndpointStanding endpoint={endpoint} />,
    },
    {
      header: 'Team',
      render: ({ team }) => <Person entityRef={team} />,
    },
    {
      header: 'Started by',
      render: ({ owner }) => <Person entityRef={owner} />,
    },
    {
      header: 'Cost so far',
      numeric: true,
      render: costSoFarText,
    },
    {
      header: 'Actions',
      render: endpoint => (
        <EndpointActions endpoint={endpoint} onChanged={props.onChanged} />
      ),
    },
  ];
  return (
    <DataTable
      label={props.label}
      columns={columns}
      rows={props.endpoints}
      rowKey={({ id }) => id}
    />
  );
}
