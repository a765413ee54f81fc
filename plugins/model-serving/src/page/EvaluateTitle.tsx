import { DocumentTitle } from '@modelhub/backstage-plugin-models-react';

/** `Playground · Evaluate` in the browser's tab and history. */
export function EvaluateTitle({ title }: { title: string | undefined }) {
  return <DocumentTitle title={title} place="Evaluate" />;
}
