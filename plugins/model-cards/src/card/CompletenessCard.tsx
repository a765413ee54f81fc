import { ANNOTATION_EDIT_URL } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { completeness } from '@modelhub/backstage-plugin-models-common';
import { SectionCard, TitledList } from './SectionCard';
import { useModelEntity } from './useModelEntity';

const useStyles = makeStyles(
  theme => ({
    bar: { height: 8, borderRadius: 4, marginTop: theme.spacing(1) },
    field: { color: theme.palette.text.secondary, overflowWrap: 'anywhere' },
  }),
  { name: 'ModelHubCompletenessCard' },
);

/** How complete the card is, what is missing, and where to write it. */
export function CompletenessCard() {
  const classes = useStyles();
  const entity = useModelEntity();
  const { score, missing } = completeness(entity);
  const editUrl = entity.metadata.annotations?.[ANNOTATION_EDIT_URL];
  return (
    <SectionCard title="How complete the card is">
      <div>
        <Typography variant="body1" id="model-completeness">
          {score} of 100
        </Typography>
        <LinearProgress
          className={classes.bar}
          variant="determinate"
          // A measure, not something that goes on.
          role="meter"
          value={score}
          aria-labelledby="model-completeness"
        />
      </div>
      {missing.length ? (
        <>
          <TitledList
            title="Missing"
            items={missing.map(({ field, title }) => (
              <>
                {title.charAt(0).toUpperCase() + title.slice(1)}
                <br />
                <code className={classes.field}>{field}</code>
              </>
            ))}
          />
          <Typography variant="body2" color="textSecondary">
            {editUrl ? (
              <Link to={editUrl}>Add it to the model’s YAML file</Link>
            ) : (
              'Add it to the YAML file that declares this model.'
            )}
          </Typography>
        </>
      ) : (
        <Typography variant="body2" color="textSecondary">
          Nothing is missing.
        </Typography>
      )}
    </SectionCard>
  );
}
