import Typography from '@material-ui/core/Typography';
import { ModelLink } from '@modelhub/backstage-plugin-models-react';
import type { KnownModel } from '../lib/useModels';

/** A model by its title, with what callers call it; that alone when the catalog does not know it. */
export function ModelName(props: {
  id: string;
  known: KnownModel | undefined;
}) {
  const { id, known } = props;
  if (!known) return <code>{id}</code>;
  return (
    <>
      <ModelLink entityRef={known.entityRef} title={known.title} />
      <Typography variant="caption" component="div">
        <code>{id}</code>
      </Typography>
    </>
  );
}
