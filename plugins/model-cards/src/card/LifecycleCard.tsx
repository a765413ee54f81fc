import { parseEntityRef } from '@backstage/catalog-model';
import { WarningPanel } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { ModelLink } from '@modelhub/backstage-plugin-models-react';
import { useModelEntity } from './useModelEntity';

/** Says that a model is on its way out, and which one takes its place. */
export function LifecycleCard() {
  const { metadata, spec } = useModelEntity();
  if (spec.lifecycle === 'active') return null;
  const successor =
    spec.supersededBy &&
    parseEntityRef(spec.supersededBy, {
      defaultKind: 'model',
      defaultNamespace: metadata.namespace,
    });
  const retired = spec.lifecycle === 'retired';
  return (
    <WarningPanel
      severity={retired ? 'error' : 'warning'}
      title={retired ? 'This model is retired' : 'This model is deprecated'}
      defaultExpanded
    >
      <Typography variant="body1">
        {retired
          ? 'It is no longer allowed anywhere and is kept for the record. '
          : 'It still answers where it is approved, but do not start anything new with it. '}
        {successor ? (
          <>
            Use{' '}
            <ModelLink
              entityRef={`${successor.kind}:${successor.namespace}/${successor.name}`}
            />{' '}
            instead.
          </>
        ) : (
          'Its owner has not named a successor.'
        )}
      </Typography>
    </WarningPanel>
  );
}
