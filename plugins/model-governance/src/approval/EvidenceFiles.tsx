import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import GetAppIcon from '@material-ui/icons/GetApp';
import type { EvidenceFile } from '@modelhub/backstage-plugin-models-common';
import {
  errorText,
  modelGovernanceApiRef,
} from '@modelhub/backstage-plugin-models-react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { download } from '../shared/download';
import { kindOfFile, sizeText } from './artifactScan/words';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      margin: theme.spacing(1, 0),
    },
  }),
  { name: 'ModelGovernanceEvidenceFiles' },
);

/** The documents that a gate left, to keep or to feed to other tools. */
export function EvidenceFiles(props: {
  approvalId: string;
  gateId: string;
  files: EvidenceFile[];
}) {
  const { approvalId, gateId, files } = props;
  const classes = useStyles();
  const api = useApi(modelGovernanceApiRef);
  const [result, save] = useAsyncFn(
    async (name: string) => {
      const response = await api.getEvidenceFile({
        id: approvalId,
        gateId,
        name,
      });
      download(`${approvalId.slice(0, 8)}-${name}`, await response.blob());
    },
    [api, approvalId, gateId],
  );
  return (
    <>
      <div className={classes.root} role="group" aria-label="Documents">
        {files.map(({ name, sizeBytes, sha256 }) => (
          <Button
            key={name}
            size="small"
            variant="outlined"
            startIcon={<GetAppIcon />}
            disabled={result.loading}
            onClick={() => save(name)}
            title={`sha256:${sha256}`}
            aria-label={`Download ${kindOfFile(name)}, ${sizeText(sizeBytes)}`}
          >
            {kindOfFile(name)}
          </Button>
        ))}
      </div>
      {result.error && (
        <Typography variant="body2" color="error" role="alert">
          {errorText(result.error)}
        </Typography>
      )}
    </>
  );
}
