import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { Finding } from '@modelhub/backstage-plugin-models-common';

const useStyles = makeStyles(
  theme => ({
    list: { margin: theme.spacing(1, 0, 0), paddingLeft: theme.spacing(2.5) },
    item: {
      marginBottom: theme.spacing(0.5),
      // Between other words, colour alone does not tell a link.
      '& a': { textDecoration: 'underline' },
    },
  }),
  { name: 'ModelGovernanceFindings' },
);

const severities: Finding['severity'][] = [
  'critical',
  'high',
  'medium',
  'low',
  'info',
];

/** What a gate found, worst first, and what to do about it. */
export function FindingsList({ findings }: { findings: Finding[] }) {
  const classes = useStyles();
  if (findings.length === 0) return null;
  return (
    <ul className={classes.list} aria-label="Findings">
      {[...findings]
        .sort(
          (a, b) =>
            severities.indexOf(a.severity) - severities.indexOf(b.severity),
        )
        .map(finding => (
          <li key={finding.id} className={classes.item}>
            <Typography variant="body2" component="div">
              <strong>{finding.severity}</strong>: {finding.message}
              {finding.field && (
                <>
                  {' '}
                  (<code>{finding.field}</code>)
                </>
              )}
              {finding.link && (
                <>
                  {' '}
                  <Link to={finding.link}>Read more</Link>
                </>
              )}
            </Typography>
            {finding.howToFix && (
              <Typography variant="body2" color="textSecondary">
                {finding.howToFix}
              </Typography>
            )}
          </li>
        ))}
    </ul>
  );
}
