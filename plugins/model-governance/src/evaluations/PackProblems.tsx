import Alert from '@material-ui/lab/Alert';
import type { EvaluationPackSummary } from '@modelhub/backstage-plugin-models-common';

/** What is wrong with a pack, as the hub read it. */
export function PackProblems({ pack }: { pack?: EvaluationPackSummary }) {
  return (
    <>
      {(pack?.problems ?? []).map(({ code, message }) => (
        <Alert key={code + message} severity="warning">
          {message}
        </Alert>
      ))}
    </>
  );
}
