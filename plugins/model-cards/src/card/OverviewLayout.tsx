import {
  EntityOrphanWarning,
  EntityProcessingErrorsPanel,
  EntityRelationWarning,
  EntitySwitch,
  hasCatalogProcessingErrors,
  hasRelationWarnings,
  isOrphan,
} from '@backstage/plugin-catalog';
import { makeStyles } from '@material-ui/core/styles';
import { Children, ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(3),
      gridTemplateColumns: 'minmax(0, 1fr)',
      alignItems: 'start',
      [theme.breakpoints.up('lg')]: {
        gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)',
      },
    },
    column: {
      display: 'grid',
      gap: theme.spacing(3),
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
    warnings: {
      display: 'grid',
      gap: theme.spacing(2),
      marginBottom: theme.spacing(3),
      '&:empty': { display: 'none' },
    },
  }),
  { name: 'ModelHubOverviewLayout' },
);

/**
 * The overview of a model: the card in the wide column, what others say about
 * the entity in the narrow one.
 */
export function OverviewLayout(props: { main: ReactNode; aside: ReactNode }) {
  const classes = useStyles();
  return (
    <>
      <div className={classes.warnings}>
        <EntitySwitch>
          <EntitySwitch.Case if={isOrphan}>
            <EntityOrphanWarning />
          </EntitySwitch.Case>
        </EntitySwitch>
        <EntitySwitch>
          <EntitySwitch.Case if={hasRelationWarnings}>
            <EntityRelationWarning />
          </EntitySwitch.Case>
        </EntitySwitch>
        <EntitySwitch>
          <EntitySwitch.Case if={hasCatalogProcessingErrors}>
            <EntityProcessingErrorsPanel />
          </EntitySwitch.Case>
        </EntitySwitch>
      </div>
      <div className={classes.root}>
        <div className={classes.column}>{props.main}</div>
        {Children.count(props.aside) > 0 && (
          <div className={classes.column}>{props.aside}</div>
        )}
      </div>
    </>
  );
}
