import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import {
  type Checklist,
  type Standing,
  tierCovers,
  type Tier,
  tiers,
} from '@modelhub/backstage-plugin-models-common';
import {
  ApprovalStateChip,
  ChoiceField,
  Section,
  tierText,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { dateText } from '../lib/words';
import { requestRouteRef } from '../routes';
import { ApprovalLink } from '../shared/ApprovalLink';
import { Loaded } from '../shared/Loaded';
import { ChecklistView } from './ChecklistView';
import { useChecklist } from './useChecklist';

const useStyles = makeStyles(
  theme => ({
    panel: { paddingTop: theme.spacing(2) },
    about: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(1),
    },
  }),
  { name: 'ModelGovernanceProof' },
);

/** The tier above the highest one that a version is approved for. */
export function nextTier(standing: Standing, version: string): Tier {
  const reached = standing.grants
    .filter(({ modelVersion }) => modelVersion === version)
    .map(({ tier }) => tiers.indexOf(tier));
  return tiers[Math.min(Math.max(-1, ...reached) + 1, tiers.length - 1)];
}

/** What a version has proved at each tier, and what the next one would still ask. */
export function ProofByTier(props: {
  entityRef: string;
  versions: string[];
  standing: Standing;
}) {
  const { entityRef, versions, standing } = props;
  const classes = useStyles();
  const [version, setVersion] = useState(versions[versions.length - 1] ?? '');
  const [chosen, setChosen] = useState<Tier>();
  if (versions.length === 0) return null;
  const next = nextTier(standing, version);
  const tier = chosen ?? next;
  const reached = standing.grants
    .filter(grant => grant.modelVersion === version)
    .map(grant => grant.tier);
  const approved = (one: Tier) =>
    reached.some(granted => tierCovers(granted, one));
  return (
    <Section
      title="What it has proved, tier by tier"
      description={`What each tier asks of a version, and what is still to do. The next one for version ${version} is ${tierText(
        next,
      ).label.toLocaleLowerCase('en-GB')}.`}
      actions={
        versions.length > 1 && (
          <ChoiceField
            id="proof-version"
            label="Of version"
            value={version}
            choices={[...versions]
              .reverse()
              .map(one => ({ value: one, label: one }))}
            onChange={value => {
              setVersion(value);
              setChosen(undefined);
            }}
          />
        )
      }
    >
      <Tabs
        value={tier}
        onChange={(_, value: Tier) => setChosen(value)}
        variant="scrollable"
        scrollButtons="off"
        indicatorColor="primary"
        aria-label="Tiers"
      >
        {tiers.map(one => (
          <Tab
            key={one}
            value={one}
            id={`proof-tab-${one}`}
            aria-controls="proof-panel"
            label={`${tierText(one).label}${approved(one) ? ' ✓' : ''}`}
            aria-label={`${tierText(one).label}${
              approved(one) ? ', approved' : ''
            }`}
          />
        ))}
      </Tabs>
      <div
        role="tabpanel"
        id="proof-panel"
        aria-labelledby={`proof-tab-${tier}`}
        className={classes.panel}
      >
        <TierPanel
          key={`${version} ${tier}`}
          entityRef={entityRef}
          version={version}
          tier={tier}
          coveredBy={reached.find(
            granted => granted !== tier && tierCovers(granted, tier),
          )}
        />
      </div>
    </Section>
  );
}

function TierPanel(props: {
  entityRef: string;
  version: string;
  tier: Tier;
  coveredBy?: Tier;
}) {
  const { coveredBy, ...asked } = props;
  const query = useChecklist(asked);
  return (
    <Loaded query={query} failure="The checklist could not be loaded">
      {checklist => (
        <>
          <About checklist={checklist} coveredBy={coveredBy} />
          <ChecklistView
            checklist={checklist}
            label={`What ${tierText(props.tier).label} asks for`}
          />
        </>
      )}
    </Loaded>
  );
}

/** Of which approval it is, or for what it would be asked. */
function About(props: { checklist: Checklist; coveredBy?: Tier }) {
  const { checklist, coveredBy } = props;
  const classes = useStyles();
  const request = useRouteRef(requestRouteRef);
  const { approval, entityRef, modelVersion, tier, purpose, profile } =
    checklist;
  if (approval) {
    return (
      <div className={classes.about}>
        <ApprovalStateChip state={approval.state} />
        <ApprovalLink id={approval.id}>
          For {purpose}, {profile}
        </ApprovalLink>
        {approval.expiresAt && (
          <Typography variant="body2" color="textSecondary" component="span">
            until {dateText(approval.expiresAt)}
          </Typography>
        )}
      </div>
    );
  }
  const query = new URLSearchParams({
    entityRef,
    tier,
    modelVersion,
    ...(purpose && { purpose }),
    ...(profile && { profile }),
  });
  return (
    <div className={classes.about}>
      <Typography variant="body2" component="span">
        {coveredBy
          ? `Covered by the approval at ${tierText(coveredBy).label}.`
          : 'Not approved at this tier.'}
        {purpose &&
          profile &&
          ` As it would be asked for ${purpose}, ${profile}.`}
      </Typography>
      <LinkButton
        size="small"
        variant="outlined"
        to={`${request()}?${query}`}
        aria-label={`Request ${tierText(tier).label} for ${modelVersion}`}
      >
        Request it
      </LinkButton>
    </div>
  );
}
