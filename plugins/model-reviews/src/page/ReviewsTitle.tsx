import { DocumentTitle } from '@modelhub/backstage-plugin-models-react';

/** `Moderation · Model reviews` in the browser's tab and history. */
export function ReviewsTitle({ title }: { title: string | undefined }) {
  return <DocumentTitle title={title} place="Model reviews" />;
}
