import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import {
  errorText,
  modelGovernanceApiRef,
} from '@modelhub/backstage-plugin-models-react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { nameOfRef } from '../lib/words';
import { download } from '../shared/download';

/** The chain, or one model's part of it, as JSON Lines. */
export function ExportButton({ entityRef }: { entityRef?: string }) {
  const api = useApi(modelGovernanceApiRef);
  const [result, save] = useAsyncFn(async () => {
    const response = await api.exportLedger({ entityRef });
    const name = entityRef ? `ledger-${nameOfRef(entityRef)}` : 'ledger';
    download(`${name}.jsonl`, await response.blob());
  }, [api, entityRef]);
  return (
    <>
      <Button variant="outlined" onClick={save} disabled={result.loading}>
        {result.loading ? 'Exporting…' : 'Export'}
      </Button>
      {result.error && <span role="alert">{errorText(result.error)}</span>}
    </>
  );
}
