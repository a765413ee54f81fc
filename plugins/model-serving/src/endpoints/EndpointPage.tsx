import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import type { EvaluationEndpoint } from '@modelhub/backstage-plugin-models-common';
import {
  countText,
  EmptyHint,
  Facts,
  isGone,
  Loaded,
  ModelLink,
  moneyText,
  Person,
  RelativeTime,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { useParams } from 'react-router-dom';
import { Announcement } from '../lib/Announcement';
import { useServingPaths } from '../lib/paths';
import { useServing } from '../lib/useServing';
import { EvaluateTitle } from '../page/EvaluateTitle';
import { ConnectionSection } from './ConnectionSection';
import { EndpointActions } from './EndpointActions';
import { EndpointStanding } from './EndpointStanding';
import { HistorySection } from './HistorySection';
import { LogsSection } from './LogsSection';
import { StepsList } from './StepsList';
import { isOver, stateLooks } from './states';
import { costSoFarText, endReasonText, resourcesText } from './words';

const useStyles = makeStyles(
  theme => ({
    steps: { margin: theme.spacing(2, 0) },
    message: { margin: theme.spacing(2, 0) },
  }),
  { name: 'ModelServingEndpointPage' },
);

function costText(endpoint: EvaluationEndpoint): string {
  const { perHour, soFar, basis, known } = endpoint.cost;
  if (!known) return basis ?? 'Not known';
  const hourly =
    perHour === undefined
      ? ''
      : `, ${moneyText(perHour, soFar.currency)} an hour`;
  return `${costSoFarText(endpoint)} so far${hourly}${
    basis ? ` (${basis})` : ''
  }`;
}

const severity = (endpoint: EvaluationEndpoint) => {
  if (endpoint.state === 'failed' || endpoint.state === 'refused') {
    return 'error' as const;
  }
  return 'info' as const;
};

function EndpointFacts({ endpoint }: { endpoint: EvaluationEndpoint }) {
  const paths = useServingPaths();
  const { usage, approvalId } = endpoint;
  return (
    <Facts
      items={[
        [
          'Model',
          <>
            <ModelLink entityRef={endpoint.entityRef} title={endpoint.title} />{' '}
            {endpoint.modelVersion}
          </>,
        ],
        ['Team', <Person entityRef={endpoint.team} />],
        ['Started by', <Person entityRef={endpoint.owner} />],
        ['Access profile', endpoint.profile],
        ['Purpose', endpoint.purpose],
        ['Engine', endpoint.engine.title],
        ['Takes', resourcesText(endpoint.resources)],
        ['Cost', costText(endpoint)],
        [
          'Calls',
          usage &&
            `${countText(usage.calls)}, ${countText(
              usage.inputTokens,
            )} tokens in and ${countText(usage.outputTokens)} out`,
        ],
        [
          'Approval',
          approvalId &&
            (paths.approval ? (
              <Link to={paths.approval(approvalId)}>
                The request with its checks
              </Link>
            ) : (
              approvalId
            )),
        ],
        ['For', endpoint.note],
        [
          'Ended because',
          endpoint.endReason && (
            <>
              {endReasonText(endpoint.endReason)}
              {endpoint.endedBy && (
                <>
                  : <Person entityRef={endpoint.endedBy} />
                </>
              )}
            </>
          ),
        ],
        ['Asked for', <RelativeTime at={endpoint.createdAt} />],
      ]}
    />
  );
}

function Endpoint(props: {
  endpoint: EvaluationEndpoint;
  onChanged: (after: EvaluationEndpoint) => void;
}) {
  const { endpoint, onChanged } = props;
  const classes = useStyles();
  return (
    <>
      <Section
        title={`${endpoint.title} ${endpoint.modelVersion}`}
        actions={<EndpointActions endpoint={endpoint} onChanged={onChanged} />}
      >
        <Announcement>{stateLooks[endpoint.state].label}</Announcement>
        <EndpointStanding
          endpoint={{ ...endpoint, message: undefined, endReason: undefined }}
        />
        {endpoint.message && endpoint.state !== 'ready' && (
          <Alert severity={severity(endpoint)} className={classes.message}>
            {endpoint.message}
          </Alert>
        )}
        <div className={classes.steps}>
          <StepsList endpoint={endpoint} />
        </div>
        {endpoint.message && endpoint.state === 'ready' && (
          <Typography variant="body2" paragraph>
            {endpoint.message}
          </Typography>
        )}
        {!endpoint.mayExtend && endpoint.extendReason && (
          <Typography variant="body2" color="textSecondary" paragraph>
            {endpoint.extendReason}
          </Typography>
        )}
        <EndpointFacts endpoint={endpoint} />
      </Section>
      {!isOver(endpoint.state) && endpoint.state !== 'stopping' && (
        <ConnectionSection key={endpoint.id} endpoint={endpoint} />
      )}
      <HistorySection id={endpoint.id} />
      <LogsSection id={endpoint.id} />
    </>
  );
}

/** One evaluation endpoint, from the click to its end. */
export function EndpointPage() {
  const { id = '' } = useParams();
  const paths = useServingPaths();
  const query = useServing(`endpoint ${id}`, (api, signal) =>
    api.getEndpoint({ id }, { signal }),
  );
  if (query.error && isGone(query.error)) {
    return (
      <>
        <EvaluateTitle title="No such endpoint" />
        <EmptyHint
          title="There is no such endpoint"
          description="It may belong to a team that you are not a member of."
          action={<Link to={paths.endpoints}>My endpoints</Link>}
        />
      </>
    );
  }
  return (
    <>
      <EvaluateTitle
        title={
          query.value && `${query.value.title} ${query.value.modelVersion}`
        }
      />
      <Loaded
        query={query}
        room="model-serving"
        failure="The endpoint could not be loaded"
      >
        {endpoint => (
          <Endpoint
            endpoint={endpoint}
            onChanged={after => {
              query.set(after);
              query.retry();
            }}
          />
        )}
      </Loaded>
    </>
  );
}
