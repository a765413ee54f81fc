import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link, Progress } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import LockOutlinedIcon from '@material-ui/icons/LockOutlined';
import PauseCircleFilledIcon from '@material-ui/icons/PauseCircleFilled';
import type {
  Approval,
  ModelEntityV1alpha1,
  Standing,
} from '@modelhub/backstage-plugin-models-common';
import {
  ApprovalStateChip,
  CurationChip,
  ErrorHint,
  MaturityChip,
  MODEL_GOVERNANCE_SIGNAL,
  modelGovernanceApiRef,
  RelativeTime,
  tierText,
  tones,
  useModelSignal,
  useRoomQuery,
} from '@modelhub/backstage-plugin-models-react';
import { humanize } from '../format';
import { useGovernanceLinks } from './governanceLinks';
import { NextStep } from './NextStep';
import { SectionCard, TitledList } from './SectionCard';
import { StandingTable } from './StandingTable';
import { standingHeadline } from './standingText';
import { useModelEntity } from './useModelEntity';

const useStyles = makeStyles(
  theme => {
    const tone = tones[theme.palette.type];
    return {
      headline: {
        display: 'flex',
        alignItems: 'center',
        flexWrap: 'wrap',
        gap: theme.spacing(1),
      },
      icon: { fontSize: 28 },
      good: { color: tone.good.text },
      bad: { color: tone.bad.text },
      neutral: { color: theme.palette.text.secondary },
      approval: {
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: theme.spacing(0.5, 1),
      },
    };
  },
  { name: 'ModelHubStandingCard' },
);

const icons = {
  good: CheckCircleIcon,
  bad: PauseCircleFilledIcon,
  neutral: LockOutlinedIcon,
};

function ApprovalLine({ approval }: { approval: Approval }) {
  const classes = useStyles();
  const links = useGovernanceLinks();
  const scope = `${tierText(approval.tier).label} for ${humanize(
    approval.purpose,
  ).toLowerCase()}, profile ${approval.profile}`;
  return (
    <span className={classes.approval}>
      <ApprovalStateChip state={approval.state} />
      {links.approval ? (
        <Link to={links.approval(approval.id)}>{scope}</Link>
      ) : (
        scope
      )}
      {approval.waitingFor.length > 0 && (
        <Typography variant="body2" color="textSecondary" component="span">
          waits for {approval.waitingFor.join(', ')}
          {approval.waitingSince && (
            <>
              {' '}
              since <RelativeTime at={approval.waitingSince} />
            </>
          )}
        </Typography>
      )}
    </span>
  );
}

function StandingContent(props: {
  entity: ModelEntityV1alpha1;
  standing: Standing;
}) {
  const { entity, standing } = props;
  const classes = useStyles();
  const { text, tone } = standingHeadline(standing, entity.spec.lifecycle);
  const Icon = icons[tone];
  const problems = standing.problems.filter(({ message }) => message !== text);
  return (
    <>
      <div className={classes.headline}>
        <Icon className={`${classes.icon} ${classes[tone]}`} aria-hidden />
        <Typography variant="h5" component="p">
          {text}
        </Typography>
        <MaturityChip maturity={standing.maturity} />
        {standing.official && <CurationChip curation="official" />}
      </div>
      <NextStep entity={entity} standing={standing} />
      <TitledList
        title="What stands in the way"
        items={problems.map(({ message }) => message)}
      />
      <StandingTable
        standing={standing}
        open={entity.spec.lifecycle === 'active'}
      />
      <TitledList
        title="Suspended"
        items={standing.heldApprovals.map(approval => (
          <ApprovalLine key={approval.id} approval={approval} />
        ))}
      />
      <TitledList
        title="Open requests"
        items={standing.openRequests.map(approval => (
          <ApprovalLine key={approval.id} approval={approval} />
        ))}
      />
    </>
  );
}

/**
 * Where the model may be used today, and the next step of the one who looks.
 * Not there at all where governance is not installed.
 */
export function StandingCard() {
  const entity = useModelEntity();
  const { namespace = 'default', name } = entity.metadata;
  const entityRef = stringifyEntityRef(entity);
  const query = useRoomQuery(
    modelGovernanceApiRef,
    (api, signal) => api.getStanding({ namespace, name }, { signal }),
    [entityRef],
  );
  useModelSignal(MODEL_GOVERNANCE_SIGNAL, query.retry);

  if (query.status === 'absent') return null;
  return (
    <SectionCard title="Where it may be used today">
      {query.value && (
        <StandingContent entity={entity} standing={query.value} />
      )}
      {!query.value && query.status === 'loading' && <Progress />}
      {(query.status === 'error' || query.status === 'forbidden') && (
        <ErrorHint
          title="Where it may be used could not be found out"
          error={query.error}
          retry={query.retry}
        />
      )}
    </SectionCard>
  );
}
