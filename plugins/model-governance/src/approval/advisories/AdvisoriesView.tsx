import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  AdvisoriesEvidence,
  AdvisoryItem,
  AdvisoryMatch,
} from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  ModelLink,
  RelativeTime,
} from '@modelhub/backstage-plugin-models-react';
import { SeverityChip } from '../artifactScan/SeverityChip';

const useStyles = makeStyles(
  theme => ({
    heading: { margin: theme.spacing(2, 0, 0.5) },
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
    code: { overflowWrap: 'anywhere', fontSize: 12 },
    links: { '& a': { textDecoration: 'underline' } },
  }),
  { name: 'ModelGovernanceAdvisories' },
);

const roles: Record<AdvisoryItem['role'], string> = {
  model: 'the model',
  ancestor: 'made from it',
  runtime: 'runs it',
};

const effects: Record<AdvisoryMatch['effect'], string> = {
  stops: 'Stops the request',
  warns: 'Warns',
  noted: 'Noted',
  accepted: 'Borne: the policy names it',
};

/** Which advisories are known on a lineage, and where was looked. */
export function AdvisoriesView({ evidence }: { evidence: AdvisoriesEvidence }) {
  const classes = useStyles();
  const { items, matches, moreMatches, sources, failOn } = evidence;
  return (
    <div className={classes.links}>
      <Typography variant="body2">
        From severity {failOn} on an advisory stops the request.
      </Typography>
      {matches.length === 0 ? (
        <Typography variant="body2">No advisory is known.</Typography>
      ) : (
        <MatchesTable matches={matches} items={items} />
      )}
      {moreMatches > 0 && (
        <Typography variant="body2" color="textSecondary">
          And {moreMatches} more.
        </Typography>
      )}
      <Typography
        variant="subtitle2"
        component="h4"
        className={classes.heading}
      >
        Looked for
      </Typography>
      <ul className={classes.list} aria-label="Looked for">
        {items.map(item => (
          <li key={`${item.role} ${item.ref ?? item.title}`}>
            <Typography variant="body2" component="span">
              <Item item={item} /> ({roles[item.role]}),{' '}
              {item.version ? (
                <code className={classes.code}>{item.version}</code>
              ) : (
                'version not known'
              )}
              {item.names.length === 0
                ? ': no name under which advisories speak of it'
                : `: ${item.names.join(', ')}`}
            </Typography>
          </li>
        ))}
      </ul>
      <Typography
        variant="subtitle2"
        component="h4"
        className={classes.heading}
      >
        Looked in
      </Typography>
      <ul className={classes.list} aria-label="Looked in">
        {sources.map(({ id, title, asOf, advisories }) => (
          <li key={id}>
            <Typography variant="body2" component="span">
              {title}: {advisories}{' '}
              {advisories === 1 ? 'advisory' : 'advisories'}, read{' '}
              <RelativeTime at={asOf} />
            </Typography>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Item({ item }: { item: AdvisoryItem }) {
  return item.ref ? (
    <ModelLink entityRef={item.ref} title={item.title} />
  ) : (
    <>{item.title}</>
  );
}

function MatchesTable(props: {
  matches: AdvisoryMatch[];
  items: AdvisoryItem[];
}) {
  const { matches, items } = props;
  const classes = useStyles();
  return (
    <DataTable
      label="Known advisories"
      rows={matches}
      rowKey={({ id, item }) => `${id} ${item}`}
      columns={[
        {
          header: 'Severity',
          tight: true,
          render: ({ severity, score, effect }) => (
            <>
              {severity ? (
                <SeverityChip severity={severity} blocks={effect === 'stops'} />
              ) : (
                'Not said'
              )}
              {score !== undefined && (
                <Typography
                  variant="caption"
                  color="textSecondary"
                  component="p"
                >
                  CVSS {score.toFixed(1)}
                </Typography>
              )}
            </>
          ),
        },
        {
          header: 'Advisory',
          render: ({ id, link, aliases, summary }) => (
            <>
              {link ? <Link to={link}>{id}</Link> : <strong>{id}</strong>}
              {aliases.length > 0 && ` (${aliases.join(', ')})`}
              <Typography variant="body2">{summary}</Typography>
            </>
          ),
        },
        {
          header: 'On',
          render: ({ item, certainty, because }) => (
            <>
              <Item item={items[item]} />{' '}
              <code className={classes.code}>{items[item].version}</code>
              {certainty === 'possible' && (
                <Typography
                  variant="caption"
                  color="textSecondary"
                  component="p"
                >
                  Perhaps: {because}
                </Typography>
              )}
            </>
          ),
        },
        {
          header: 'Mended in',
          render: ({ fixedIn }) => fixedIn.join(', ') || 'Not said',
        },
        { header: 'Effect', render: ({ effect }) => effects[effect] },
      ]}
    />
  );
}
