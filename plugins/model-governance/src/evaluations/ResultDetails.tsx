import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  ModelEvaluation,
  ModelEvaluationDetail,
} from '@modelhub/backstage-plugin-models-common';
import {
  CopyButton,
  Facts,
  Person,
  RelativeTime,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { Attribute } from '../approval/fairness/Attribute';
import { categoryText } from '../approval/safety/categoryText';
import { useLive } from '../hooks/useLive';
import { listing } from '../lib/words';
import { Loaded } from '../shared/Loaded';
import { fairnessAttributes } from './fairnessAttributes';
import { Slices } from './Slices';

const useStyles = makeStyles(
  theme => ({
    heading: { margin: theme.spacing(2, 0, 0.5) },
    code: { overflowWrap: 'anywhere', fontSize: 12 },
    settings: {
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      fontSize: 12,
      padding: theme.spacing(1),
      background: theme.palette.background.default,
    },
  }),
  { name: 'ModelGovernanceResultDetails' },
);

const sources: Record<ModelEvaluation['source'], string> = {
  hub: 'Run in the hub',
  pipeline: 'Sent by a pipeline',
  person: 'Own input of a person, measured in the playground',
  online: 'Scored live, through the gateway',
};

/** Where a result is from, its slices, groups and settings; loaded when it is opened. */
export function ResultDetails({ result }: { result: ModelEvaluation }) {
  const [opened, setOpened] = useState(false);
  return (
    <details onToggle={event => setOpened(event.currentTarget.open)}>
      <summary>How it was measured, slices and groups</summary>
      {opened && <Details result={result} />}
    </details>
  );
}

function Details({ result }: { result: ModelEvaluation }) {
  const query = useLive(
    `model-evaluation:${result.id}`,
    (api, signal) => api.getModelEvaluation({ id: result.id }, { signal }),
    // A result is never changed.
    { still: true },
  );
  return (
    <Loaded query={query} failure="The result could not be loaded">
      {detail => <DetailView detail={detail} />}
    </Loaded>
  );
}

function DetailView({ detail: it }: { detail: ModelEvaluationDetail }) {
  const classes = useStyles();
  return (
    <>
      <Provenance detail={it} />
      {it.metrics.some(({ slice }) => slice) && (
        <>
          <Typography
            variant="subtitle2"
            component="h3"
            className={classes.heading}
          >
            By slice
          </Typography>
          <Slices detail={it} />
        </>
      )}
      {fairnessAttributes(it).map(attribute => (
        <Attribute key={attribute.attribute} attribute={attribute} />
      ))}
      {it.failedCases.length > 0 && (
        <>
          <Typography
            variant="subtitle2"
            component="h3"
            className={classes.heading}
          >
            Cases that went wrong
          </Typography>
          <Typography variant="body2">{failedCasesText(it)}</Typography>
        </>
      )}
      <Typography
        variant="subtitle2"
        component="h3"
        className={classes.heading}
      >
        Settings
      </Typography>
      <pre className={classes.settings}>
        {JSON.stringify(it.settings, undefined, 2)}
      </pre>
    </>
  );
}

/** `3 of prompt injection: a, b, c`. */
export function failedCasesText({
  failedCases,
}: Pick<ModelEvaluationDetail, 'failedCases'>): string {
  const groups = new Map<string, Set<string>>();
  for (const { caseId, category = '' } of failedCases) {
    groups.set(category, (groups.get(category) ?? new Set()).add(caseId));
  }
  return [...groups]
    .map(([category, cases]) => {
      const ids = [...cases].join(', ');
      return category ? `${categoryText(category)}: ${ids}` : ids;
    })
    .join('. ');
}

function Provenance({ detail: it }: { detail: ModelEvaluationDetail }) {
  const classes = useStyles();
  const target = Object.entries(it.target)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
  const gates = it.gates
    .filter(({ isWithdrawn }) => !isWithdrawn)
    .map(({ gateId }) => gateId);
  return (
    <Facts
      items={[
        [
          'From',
          `${sources[it.source]}, by ${it.tool.name} ${it.tool.version}`,
        ],
        ['Model asked', it.model],
        ['Served with', target],
        ['Measured', <RelativeTime at={it.finishedAt} />],
        [
          'Submitted',
          <>
            <RelativeTime at={it.submittedAt} /> by{' '}
            <Person entityRef={it.submittedBy} />
          </>,
        ],
        ['Started by', it.startedBy && <Person entityRef={it.startedBy} />],
        [
          'Counts for',
          gates.length > 0
            ? `the checks ${listing(gates)}`
            : 'no check yet; it is shown only',
        ],
        [
          'Digest',
          <>
            <code className={classes.code}>{it.resultDigest}</code>
            <CopyButton
              text={it.resultDigest}
              what="the digest of the result"
            />
          </>,
        ],
        [
          'Pack',
          it.pack.digest && (
            <code className={classes.code}>{it.pack.digest}</code>
          ),
        ],
      ]}
    />
  );
}
