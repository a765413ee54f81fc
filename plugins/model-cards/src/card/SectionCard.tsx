import { InfoCard } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    content: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
      overflowWrap: 'anywhere',
      // A table scrolls sideways rather than break its words.
      '& table': { overflowWrap: 'normal' },
      // The portal's theme breaks words in cells and sets their lines tight.
      '& th, & td': { wordBreak: 'normal', lineHeight: 1.43 },
    },
    columns: {
      display: 'grid',
      gap: theme.spacing(2, 4),
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(260px, 100%), 1fr))',
    },
    heading: { ...theme.typography.subtitle2, margin: 0 },
    list: {
      margin: theme.spacing(0.5, 0, 0),
      paddingLeft: theme.spacing(2.5),
      ...theme.typography.body2,
      '& li + li': { marginTop: theme.spacing(0.5) },
    },
    facts: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fill, minmax(min(180px, 100%), 1fr))',
      gap: theme.spacing(2),
      margin: 0,
      '& dt': {
        ...theme.typography.body2,
        color: theme.palette.text.secondary,
      },
      '& dd': { ...theme.typography.body1, margin: 0 },
    },
  }),
  { name: 'ModelHubSectionCard' },
);

/** One card of the entity page. */
export function SectionCard(props: {
  title: string;
  subheader?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}) {
  const classes = useStyles();
  return (
    <InfoCard
      title={
        <Typography variant="h5" component="h2">
          {props.title}
        </Typography>
      }
      subheader={props.subheader}
      action={props.action}
    >
      <div className={classes.content}>{props.children}</div>
    </InfoCard>
  );
}

/** Children next to each other where there is room. */
export function Columns({ children }: { children: ReactNode }) {
  return <div className={useStyles().columns}>{children}</div>;
}

/** A list under a heading of its own; nothing when the list is empty. */
export function TitledList(props: {
  title: string;
  icon?: ReactNode;
  items?: ReactNode[];
}) {
  const classes = useStyles();
  if (!props.items?.length) return null;
  return (
    <section>
      <h3 className={classes.heading}>{props.title}</h3>
      <ul className={classes.list}>
        {props.items.map((item, index) => (
          <li key={index}>{item}</li>
        ))}
      </ul>
    </section>
  );
}

/** Names and values; values that are undefined are left out. */
export function FactList(props: {
  facts: Array<[name: string, value: ReactNode | undefined]>;
}) {
  const classes = useStyles();
  const known = props.facts.filter(
    ([, value]) => value !== undefined && value !== '',
  );
  if (!known.length) return null;
  return (
    <dl className={classes.facts}>
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Says that a card has nothing to say yet. */
export function NotStated({ children }: { children: ReactNode }) {
  return (
    <Typography variant="body2" color="textSecondary">
      {children}
    </Typography>
  );
}
