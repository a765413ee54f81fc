import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type { PlaygroundBatch } from '@modelhub/backstage-plugin-models-common';
import {
  errorText,
  modelServingApiRef,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { saveFile } from '../lib/files';

/** A name that every file system takes. */
const fileName = (name: string) =>
  name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60) || 'batch';

/** All rows as a file. */
export function DownloadButtons({ batch }: { batch: PlaygroundBatch }) {
  const api = useApi(modelServingApiRef);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const download = async (format: 'csv' | 'jsonl') => {
    setBusy(true);
    setProblem(undefined);
    try {
      const response = await api.downloadPlaygroundBatch({
        id: batch.id,
        format,
      });
      saveFile(await response.blob(), `${fileName(batch.name)}.${format}`);
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {problem && (
        <Typography variant="body2" role="alert">
          It could not be downloaded: {problem}
        </Typography>
      )}
      <Button
        size="small"
        variant="outlined"
        disabled={busy}
        onClick={() => void download('csv')}
      >
        Download CSV
      </Button>
      <Button
        size="small"
        variant="outlined"
        disabled={busy}
        onClick={() => void download('jsonl')}
      >
        Download JSON Lines
      </Button>
    </>
  );
}
