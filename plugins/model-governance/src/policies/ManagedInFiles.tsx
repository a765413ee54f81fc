import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { PolicyProposal } from '@modelhub/backstage-plugin-models-common';
import {
  errorText,
  modelGovernanceApiRef,
} from '@modelhub/backstage-plugin-models-react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { download } from '../shared/download';

/** Where the folder is the truth: how a proposal gets into it. */
export function ManagedInFiles(props: {
  proposal: PolicyProposal;
  folder: string;
}) {
  const { proposal, folder } = props;
  const api = useApi(modelGovernanceApiRef);
  const [result, save] = useAsyncFn(async () => {
    const response = await api.getPolicyProposalPatch({ id: proposal.id });
    download('policies.patch', await response.blob());
  }, [api, proposal.id]);
  return (
    <Alert severity="info" style={{ marginTop: 16 }}>
      <AlertTitle>Policies are managed in files here</AlertTitle>
      Download the patch, run <code>git apply policies.patch</code> at the top
      of the repository that holds <code>{folder}</code>, and have it merged.
      Once the folder holds exactly this, the proposal is activated by itself.
      <div style={{ marginTop: 8 }}>
        <Button
          size="small"
          variant="outlined"
          onClick={save}
          disabled={result.loading || proposal.files.length === 0}
        >
          {result.loading ? 'Making the patch…' : 'Download the patch'}
        </Button>
        {result.error && <span role="alert">{errorText(result.error)}</span>}
      </div>
    </Alert>
  );
}
