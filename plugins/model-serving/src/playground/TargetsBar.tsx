import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CloseIcon from '@material-ui/icons/Close';
import type {
  PlaygroundTarget,
  PlaygroundTargets,
} from '@modelhub/backstage-plugin-models-common';
import { ChoiceField } from '@modelhub/backstage-plugin-models-react';
import { TimeLeft } from '../lib/TimeLeft';
import { nameIn } from './targets';
import { priceText, targetName } from './words';

const useStyles = makeStyles(
  theme => ({
    fields: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(2),
      margin: theme.spacing(1, 0, 2),
    },
    list: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))',
      gap: theme.spacing(2),
      listStyle: 'none',
      margin: 0,
      padding: 0,
    },
    target: {
      display: 'flex',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 1, 1, 1.5),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      minWidth: 0,
    },
    words: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
    name: { fontWeight: 600 },
  }),
  { name: 'ModelServingTargets' },
);

const choiceText = (target: PlaygroundTarget) =>
  [
    targetName(target),
    target.kind === 'endpoint' ? 'evaluation endpoint' : 'hosted',
    ...(target.available ? [] : [target.reason ?? 'cannot be called now']),
  ].join(', ');

/** What is known about one target that was chosen. */
function TargetWords({ target }: { target?: PlaygroundTarget }) {
  if (!target) {
    return (
      <Typography variant="body2">
        It cannot be called any more: its endpoint has ended, or the access
        profile is another one.
      </Typography>
    );
  }
  return (
    <Typography variant="body2" color="textSecondary" component="div">
      {target.available ? (
        <>
          {target.kind === 'endpoint' ? 'Evaluation endpoint' : 'Hosted'},{' '}
          {priceText(target.price)}
          {target.endpoint?.endsAt && (
            <>
              , <TimeLeft until={target.endpoint.endsAt} />
            </>
          )}
        </>
      ) : (
        target.reason ?? 'It cannot be called now.'
      )}
    </Typography>
  );
}

/** The access profile, and up to four targets. */
export function TargetsBar(props: {
  known: PlaygroundTargets;
  chosen: string[];
  onChoose: (ids: string[]) => void;
  onProfile: (id: string) => void;
}) {
  const { known, chosen, onChoose, onProfile } = props;
  const classes = useStyles();
  const left = known.items.filter(({ id }) => !chosen.includes(id));
  const isFull = chosen.length >= known.limits.targets;
  const nameOf = nameIn(known.items);
  return (
    <>
      <div className={classes.fields}>
        {known.profiles.length > 1 && (
          <ChoiceField
            id="playground-profile"
            label="Access profile"
            value={known.profile ?? ''}
            choices={known.profiles.map(({ id, title }) => ({
              value: id,
              label: title,
            }))}
            onChange={onProfile}
            helperText={`Purpose: ${known.purpose}`}
          />
        )}
        {left.length > 0 && (
          <ChoiceField
            id="playground-add"
            label="Add a model"
            value=""
            none={
              isFull
                ? `${known.limits.targets} at most: remove one first`
                : 'Choose one…'
            }
            choices={left.map(target => ({
              value: target.id,
              label: choiceText(target),
              disabled: isFull || !target.available,
            }))}
            onChange={id => id && onChoose([...chosen, id])}
          />
        )}
      </div>
      {known.problem && (
        <Typography variant="body2" paragraph>
          {known.problem}
        </Typography>
      )}
      {chosen.length > 0 && (
        <ul className={classes.list} aria-label="Chosen models">
          {chosen.map(id => (
            <li key={id} className={classes.target}>
              <div className={classes.words}>
                <Typography variant="body2" className={classes.name}>
                  {nameOf(id)}
                </Typography>
                <TargetWords
                  target={known.items.find(target => target.id === id)}
                />
              </div>
              <IconButton
                size="small"
                aria-label={`Remove ${nameOf(id)}`}
                onClick={() => onChoose(chosen.filter(other => other !== id))}
              >
                <CloseIcon fontSize="small" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
