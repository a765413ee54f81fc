import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import BlockIcon from '@material-ui/icons/Block';
import CheckIcon from '@material-ui/icons/Check';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import ReportProblemOutlinedIcon from '@material-ui/icons/ReportProblemOutlined';
import type {
  GateResult,
  LicenceEvidence,
  LicenceEvidenceDuty,
  LicenceEvidenceLimit,
  LicenceOccasion,
} from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  ModelLink,
  StatusChip,
  type StatusChipProps,
} from '@modelhub/backstage-plugin-models-react';
import type { ReactNode } from 'react';
import { useWords } from '../../access/UsesField';
import { FindingsList } from '../FindingsList';

const useStyles = makeStyles(
  theme => ({
    heading: { margin: theme.spacing(2, 0, 0.5) },
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
    links: { '& a': { textDecoration: 'underline' } },
  }),
  { name: 'ModelGovernanceLicence' },
);

const occasions: Record<LicenceOccasion, string> = {
  use: 'whoever uses it',
  product: 'if people outside see what it makes',
  distribute: 'if weights or access are handed on',
  derive: 'if another model is made from it or its output',
};

function effectLook({
  applies,
  effect,
}: LicenceEvidenceLimit): StatusChipProps {
  if (applies === 'not-here') {
    return { icon: CheckIcon, label: 'Not done here', tone: 'good' };
  }
  if (applies === 'if') {
    return { icon: HelpOutlineIcon, label: 'Nobody says', tone: 'caution' };
  }
  if (effect === 'stops') {
    return { icon: BlockIcon, label: 'Stops', tone: 'bad' };
  }
  return {
    icon: ReportProblemOutlinedIcon,
    label: 'Under conditions',
    tone: 'caution',
  };
}

const usesText = (words: string[]) =>
  words.length === 0
    ? ', which does nothing with the model that licences limit.'
    : `: ${words.join('; ')}.`;

/** What the licences of a lineage ask of this purpose, and where they end. */
export function LicenceView({ gate }: { gate: GateResult }) {
  const classes = useStyles();
  // The kind was looked at before.
  const evidence = gate.evidence as unknown as LicenceEvidence;
  const { duties, limits, lineage, names, acceptableUses, uses } = evidence;
  // Duties are told below, with whether they are owed.
  const findings = (gate.findings ?? []).filter(
    ({ severity }) => severity !== 'info',
  );
  return (
    <div className={classes.links}>
      <Typography variant="body2">
        {names.map(({ name, url }, index) => (
          <span key={url}>
            {index > 0 && ', '}
            <Link to={url}>{name}</Link>
          </span>
        ))}
        {names.length > 0 && '. '}For “{evidence.purpose}”
        {uses === undefined
          ? ', of which nobody says what is done with the model.'
          : usesText(uses.map(one => useWords[one]))}
      </Typography>
      <FindingsList findings={findings} />
      <Duties
        title="Owed for this purpose"
        empty="Nothing that is not owed by everybody anyway."
        duties={duties.filter(({ applies }) => applies === 'here')}
      />
      <Duties
        title="Owed as soon as it is done"
        duties={duties.filter(({ applies }) => applies !== 'here')}
        withOccasion
      />
      {limits.length > 0 && (
        <>
          <Heading>Where the licence ends</Heading>
          <DataTable
            label="Where the licence ends"
            rows={limits.map((limit, index) => ({ ...limit, index }))}
            rowKey={({ index }) => String(index)}
            columns={[
              {
                header: 'Use',
                render: ({ use }) => (use ? useWords[use] : 'Any use'),
              },
              { header: 'Limit', render: ({ text }) => text },
              {
                header: 'By',
                render: ({ licence, from }) => (
                  <>
                    {licence}
                    {from && (
                      <>
                        {' of '}
                        <ModelLink entityRef={from} />
                      </>
                    )}
                  </>
                ),
              },
              {
                header: 'Here',
                tight: true,
                render: limit => <StatusChip {...effectLook(limit)} />,
              },
            ]}
          />
        </>
      )}
      {acceptableUses.length > 0 && (
        <Typography variant="body2">
          Forbidden uses are listed in{' '}
          {acceptableUses.map((url, index) => (
            <span key={url}>
              {index > 0 && ', '}
              <Link to={url}>{new URL(url).host}</Link>
            </span>
          ))}
          .
        </Typography>
      )}
      {lineage.length > 0 && (
        <>
          <Heading>Made from</Heading>
          <ul className={classes.list} aria-label="Made from">
            {lineage.map(({ ref, licence }) => (
              <li key={ref}>
                <Typography variant="body2" component="span">
                  <ModelLink entityRef={ref} />: {licence || 'no licence named'}
                </Typography>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Heading({ children }: { children: ReactNode }) {
  const classes = useStyles();
  return (
    <Typography variant="subtitle2" component="h4" className={classes.heading}>
      {children}
    </Typography>
  );
}

function Duties(props: {
  title: string;
  duties: LicenceEvidenceDuty[];
  /** Without it nothing is shown where there is none. */
  empty?: string;
  withOccasion?: boolean;
}) {
  const { title, duties, empty, withOccasion } = props;
  const classes = useStyles();
  if (duties.length === 0 && !empty) return null;
  return (
    <>
      <Heading>{title}</Heading>
      {duties.length === 0 ? (
        <Typography variant="body2">{empty}</Typography>
      ) : (
        <ul className={classes.list} aria-label={title}>
          {duties.map(({ when, text, from }) => (
            <li key={`${when} ${text}`}>
              <Typography variant="body2" component="span">
                {text}
                {withOccasion && ` (${occasions[when]})`}
                {from && (
                  <>
                    {' – asked by '}
                    <ModelLink entityRef={from} />
                  </>
                )}
              </Typography>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
