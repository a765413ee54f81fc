import { makeStyles } from '@material-ui/core/styles';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import LockOutlinedIcon from '@material-ui/icons/LockOutlined';
import PauseCircleFilledIcon from '@material-ui/icons/PauseCircleFilled';
import {
  ModelLifecycle,
  ModelRow,
  tiers,
} from '@modelhub/backstage-plugin-models-common';
import {
  CurationChip,
  LifecycleChip,
  MaturityChip,
  StatusChip,
  TierChip,
} from '@modelhub/backstage-plugin-models-react';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.75),
    },
  }),
  { name: 'ModelHubUsableAt' },
);

const byTier = (a: string, b: string) =>
  tiers.findIndex(tier => tier === b) - tiers.findIndex(tier => tier === a);

const plural = (count: number, one: string, many: string) =>
  count === 1 ? `1 ${one}` : `${count} ${many}`;

/**
 * Where a model may be used today, before anything else about it. Says nothing
 * about approval where governance is not installed, which the read side shows
 * by leaving out the maturity.
 */
export function UsableAt({ model }: { model: ModelRow }) {
  const classes = useStyles();
  const governed = model.maturity !== undefined;
  return (
    <div className={classes.root}>
      {[...model.tiers].sort(byTier).map(tier => (
        <TierChip key={tier} tier={tier} />
      ))}
      {governed && !model.tiers.length && !model.holds && (
        <StatusChip
          icon={LockOutlinedIcon}
          label="Not approved yet"
          explanation="The gateway refuses calls until somebody asks for it and it is approved."
        />
      )}
      {model.holds > 0 && (
        <StatusChip
          icon={PauseCircleFilledIcon}
          label="On hold"
          explanation="The model, a version of it or an approval is on hold: those calls are refused until it is cleared. The model's page says why."
          tone="bad"
        />
      )}
      {model.openRequests > 0 && (
        <StatusChip
          icon={HourglassEmptyIcon}
          label={plural(model.openRequests, 'open request', 'open requests')}
        />
      )}
      {model.lifecycle !== 'active' && (
        <LifecycleChip lifecycle={model.lifecycle as ModelLifecycle} />
      )}
      {model.maturity && <MaturityChip maturity={model.maturity} />}
      {model.curation && <CurationChip curation={model.curation} />}
    </div>
  );
}
