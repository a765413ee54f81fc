import { DocumentTitle } from '@modelhub/backstage-plugin-models-react';

/** `Spend and budgets · Model usage` in the browser's tab and history. */
export function UsageTitle({ title }: { title: string | undefined }) {
  return <DocumentTitle title={title} place="Model usage" />;
}
