import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import {
  ModelVersion,
  versionPin,
} from '@modelhub/backstage-plugin-models-common';
import { CopyButton } from '@modelhub/backstage-plugin-models-react';
import { formatBytes, formatDate } from '../format';
import { NotStated, SectionCard } from './SectionCard';
import { useModelEntity } from './useModelEntity';

const useStyles = makeStyles(
  {
    pin: { display: 'flex', alignItems: 'center', whiteSpace: 'nowrap' },
    source: { overflowWrap: 'anywhere', minWidth: 160 },
    version: { whiteSpace: 'nowrap' },
  },
  { name: 'ModelHubVersionsCard' },
);

function Pin({ version }: { version: ModelVersion }) {
  const classes = useStyles();
  const pin = versionPin(version);
  if (!pin) return <>Not pinned: sandbox only</>;
  const isDigest = pin.type === 'digest';
  const text = isDigest ? pin.digest : pin.providerModelId;
  const what = isDigest ? 'digest' : 'provider model id';
  return (
    <>
      <span className={classes.pin}>
        <code>{isDigest ? `${text.slice(0, 19)}…` : text}</code>
        <CopyButton
          text={text}
          what={`the ${what} of version ${version.name}`}
        />
      </span>
      {!isDigest && (
        <Typography variant="caption" color="textSecondary">
          Snapshot of {formatDate(pin.snapshot)}
        </Typography>
      )}
    </>
  );
}

function sourceText({ artifact }: ModelVersion): string {
  if (!artifact) return 'Hosted by its provider';
  const facts = [
    artifact.format,
    artifact.sizeBytes !== undefined && formatBytes(artifact.sizeBytes),
  ].filter(Boolean);
  return facts.length ? `${artifact.uri} (${facts.join(', ')})` : artifact.uri;
}

/** The immutable builds of the model and what pins each of them. */
export function VersionsCard() {
  const classes = useStyles();
  const { versions } = useModelEntity().spec;
  return (
    <SectionCard title="Versions">
      {versions?.length ? (
        <TableContainer>
          <Table size="small" aria-label="Versions">
            <TableHead>
              <TableRow>
                <TableCell>Version</TableCell>
                <TableCell>Pinned by</TableCell>
                <TableCell>From</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {versions.map(version => (
                <TableRow key={version.name}>
                  <TableCell
                    component="th"
                    scope="row"
                    role="rowheader"
                    className={classes.version}
                  >
                    {version.name}
                  </TableCell>
                  <TableCell>
                    <Pin version={version} />
                  </TableCell>
                  <TableCell className={classes.source}>
                    {sourceText(version)}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      ) : (
        <NotStated>
          The card lists no versions, so nothing above sandbox can be approved.
        </NotStated>
      )}
    </SectionCard>
  );
}
