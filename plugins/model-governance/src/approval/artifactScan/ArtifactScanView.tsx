import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  ArtifactScanEvidence,
  ArtifactScanFinding,
} from '@modelhub/backstage-plugin-models-common';
import {
  CopyButton,
  DataTable,
  Facts,
  RelativeTime,
} from '@modelhub/backstage-plugin-models-react';
import { SeverityChip } from './SeverityChip';
import { filesText, sizeText } from './words';

const useStyles = makeStyles(
  theme => ({
    root: { marginTop: theme.spacing(1) },
    heading: { margin: theme.spacing(2, 0, 0.5) },
    code: { overflowWrap: 'anywhere', fontSize: 12 },
    message: { overflowWrap: 'anywhere' },
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
    digest: { display: 'flex', alignItems: 'center', flexWrap: 'wrap' },
  }),
  { name: 'ModelGovernanceArtifactScan' },
);

/** What the scanner read, what it found and what it could not judge. */
export function ArtifactScanView({
  evidence,
}: {
  evidence: ArtifactScanEvidence;
}) {
  const classes = useStyles();
  const { files, bytes, formats, findings, notRead } = evidence;
  return (
    <div className={classes.root}>
      <Facts
        items={[
          ['Read', `${filesText(files)}, ${sizeText(bytes)}`],
          ['From', <code className={classes.code}>{evidence.pinnedUri}</code>],
          [
            'Formats',
            formats
              .map(it =>
                it.files > 1 ? `${it.format} × ${it.files}` : it.format,
              )
              .join(', '),
          ],
          ['Digest', <Digest evidence={evidence} />],
          [
            'Scanned',
            <>
              <RelativeTime at={evidence.scannedAt} /> by scanner{' '}
              {evidence.scanner}
              {evidence.reused && ', for an earlier request for the same bytes'}
            </>,
          ],
          [
            'Stops the request',
            `from severity ${evidence.failOn}, and what cannot be judged`,
          ],
        ]}
      />
      <Typography
        variant="subtitle2"
        component="h4"
        className={classes.heading}
      >
        Findings
      </Typography>
      {findings.length === 0 ? (
        <Typography variant="body2">
          None: nothing in {filesText(files)} runs code or hides something.
        </Typography>
      ) : (
        <FindingsTable findings={findings} />
      )}
      {evidence.moreFindings > 0 && (
        <Typography variant="body2" color="textSecondary">
          And {evidence.moreFindings} more, which are in the reports below.
        </Typography>
      )}
      {notRead.length > 0 && (
        <>
          <Typography
            variant="subtitle2"
            component="h4"
            className={classes.heading}
          >
            Not judged to the end
          </Typography>
          <ul className={classes.list} aria-label="Not judged to the end">
            {notRead.map(({ file, reason }) => (
              <li key={file}>
                <Typography variant="body2" component="span">
                  <code className={classes.code}>
                    {file || 'The artifact as a whole'}
                  </code>
                  : {reason}
                </Typography>
              </li>
            ))}
          </ul>
          {evidence.moreNotRead > 0 && (
            <Typography variant="body2" color="textSecondary">
              And {evidence.moreNotRead} more.
            </Typography>
          )}
        </>
      )}
    </div>
  );
}

/** The digest of what was read, and how it stands to what the catalog says. */
function Digest({ evidence }: { evidence: ArtifactScanEvidence }) {
  const classes = useStyles();
  const { digest, declaredDigest } = evidence;
  if (!digest) return <>None: not all bytes could be read.</>;
  return (
    <>
      <span className={classes.digest}>
        <code className={classes.code}>{digest}</code>
        <CopyButton text={digest} what="the digest of the artifact" />
      </span>
      {declaredDigest === undefined &&
        'The catalog names none; this scan pins it.'}
      {declaredDigest === digest && 'As the catalog says.'}
      {declaredDigest !== undefined && declaredDigest !== digest && (
        <strong>The catalog says {declaredDigest}.</strong>
      )}
    </>
  );
}

function FindingsTable({ findings }: { findings: ArtifactScanFinding[] }) {
  const classes = useStyles();
  const rows = findings.map((finding, index) => ({ ...finding, index }));
  return (
    <DataTable
      label="Findings in the artifact"
      rows={rows}
      rowKey={({ index }) => String(index)}
      columns={[
        {
          header: 'Severity',
          tight: true,
          render: ({ severity, blocks }) => (
            <SeverityChip severity={severity} blocks={blocks} />
          ),
        },
        {
          header: 'File and location',
          render: ({ file, location }) => (
            <>
              <code className={classes.code}>
                {file || 'The artifact as a whole'}
              </code>
              {location && (
                <>
                  <br />
                  <code className={classes.code}>{location}</code>
                </>
              )}
            </>
          ),
        },
        {
          header: 'What was found',
          render: ({ title, rule, message, explanation }) => (
            <>
              <strong>{title}</strong>
              <Typography variant="body2" className={classes.message}>
                {message}
              </Typography>
              <Typography variant="caption" color="textSecondary" component="p">
                {explanation} (<code className={classes.code}>{rule}</code>)
              </Typography>
            </>
          ),
        },
      ]}
    />
  );
}
