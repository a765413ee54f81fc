import { DocumentTitle } from '@modelhub/backstage-plugin-models-react';

/** `Queue · Model governance` in the browser's tab and history. */
export function GovernanceTitle({ title }: { title: string }) {
  return <DocumentTitle title={title} place="Model governance" />;
}
