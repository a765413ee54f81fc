import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import {
  errorText,
  modelGovernanceApiRef,
} from '@modelhub/backstage-plugin-models-react';
import useAsyncFn from 'react-use/esm/useAsyncFn';

/** Checks the whole chain now and says what came of it. */
export function VerifyButton() {
  const api = useApi(modelGovernanceApiRef);
  const [result, verify] = useAsyncFn(() => api.verifyLedger(), [api]);
  const { value, error, loading } = result;
  return (
    <div>
      <Button variant="outlined" onClick={verify} disabled={loading}>
        {loading ? 'Verifying…' : 'Verify the chain'}
      </Button>
      <div role="status" aria-live="polite" style={{ marginTop: 8 }}>
        {error && <Alert severity="error">{errorText(error)}</Alert>}
        {!error && value?.ok && (
          <Alert severity="success">
            The ledger verifies: {value.events} events
            {value.checkpoints !== undefined &&
              `, ${value.checkpoints} signed checkpoints`}
            .
          </Alert>
        )}
        {!error && value && !value.ok && (
          <Alert severity="error">
            The ledger does not verify
            {value.firstBad &&
              `: event ${value.firstBad.seq}, ${value.firstBad.reason}`}
            . Keep a copy and tell security.
          </Alert>
        )}
      </div>
    </div>
  );
}
