import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import type { ModelEvaluation } from '@modelhub/backstage-plugin-models-common';
import { modelGovernanceApiRef } from '@modelhub/backstage-plugin-models-react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { nameOfRef } from '../lib/words';
import { download } from '../shared/download';
import { Problem } from '../shared/Problem';

const formats = [
  { format: 'html', label: 'HTML', extension: 'html' },
  { format: 'markdown', label: 'Markdown', extension: 'md' },
] as const;

/** The report of a result, to keep or to print. */
export function ReportButtons(props: {
  result: ModelEvaluation;
  /** Id of the result that it is compared with. */
  comparedWith?: string;
}) {
  const { result, comparedWith } = props;
  const api = useApi(modelGovernanceApiRef);
  const [state, save] = useAsyncFn(
    async ({ format, extension }: (typeof formats)[number]) => {
      const response = await api.getModelEvaluationReport({
        id: result.id,
        format,
        with: comparedWith,
      });
      // Kept, not opened: what a model said is in it.
      const content = await response.blob();
      download(`${fileName(result)}.${extension}`, content);
    },
    [api, result, comparedWith],
  );
  return (
    <>
      {formats.map(it => (
        <Button
          key={it.format}
          size="small"
          disabled={state.loading}
          onClick={() => save(it)}
          aria-label={`Download the report of ${
            result.pack.title ?? result.pack.name
          } on version ${result.modelVersion} as ${it.label}`}
        >
          Report as {it.label}
        </Button>
      ))}
      <Problem error={state.error} />
    </>
  );
}

/** `ticket-router-1.2-acme-tickets`. */
function fileName({ entityRef, modelVersion, pack }: ModelEvaluation): string {
  return [nameOfRef(entityRef), modelVersion, pack.name]
    .join('-')
    .replace(/[^\w.-]+/g, '-');
}
