import { LinkButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  ANNOTATION_EDIT_URL,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type {
  ModelEntityV1alpha1,
  Standing,
} from '@modelhub/backstage-plugin-models-common';
import { CopyButton } from '@modelhub/backstage-plugin-models-react';
import { useGovernanceLinks } from './governanceLinks';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 2),
      padding: theme.spacing(1.5, 2),
      borderRadius: theme.shape.borderRadius,
      border: `1px solid ${theme.palette.divider}`,
    },
    words: { flex: '1 1 260px', minWidth: 0 },
    buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
    call: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'ModelHubNextStep' },
);

type Action = { text: string; to: string };

function useActions(
  entity: ModelEntityV1alpha1,
  { nextStep, grants }: Standing,
): { main?: Action; other?: Action } {
  const links = useGovernanceLinks();
  const editUrl = entity.metadata.annotations?.[ANNOTATION_EDIT_URL];
  const request = links.request?.({ entityRef: stringifyEntityRef(entity) });
  const approval = nextStep.approvalId && links.approval?.(nextStep.approvalId);
  const canRequest = entity.spec.lifecycle === 'active' && request;
  const other =
    canRequest && grants.length
      ? { text: 'Request another use', to: request }
      : undefined;

  switch (nextStep.kind) {
    case 'request':
      return request ? { main: { text: 'Request access', to: request } } : {};
    case 'wait':
      return {
        main: approval ? { text: 'See the request', to: approval } : undefined,
        other,
      };
    case 'sign':
      return {
        main: approval
          ? { text: 'Review and decide', to: approval }
          : undefined,
        other,
      };
    case 'fix':
      if (approval) return { main: { text: 'See what to fix', to: approval } };
      return editUrl ? { main: { text: 'Edit the model', to: editUrl } } : {};
    default:
      return { other };
  }
}

/** What the one who looks can do next, and the button for it. */
export function NextStep(props: {
  entity: ModelEntityV1alpha1;
  standing: Standing;
}) {
  const { entity, standing } = props;
  const classes = useStyles();
  const { main, other } = useActions(entity, standing);
  return (
    <div className={classes.root} role="group" aria-label="Your next step">
      <div className={classes.words}>
        <Typography variant="body2" color="textSecondary">
          Your next step
        </Typography>
        <Typography variant="body1">{standing.nextStep.message}</Typography>
        {standing.nextStep.kind === 'use' && (
          <div className={classes.call}>
            <code>{entity.spec.gatewayId}</code>
            <CopyButton
              text={entity.spec.gatewayId}
              what="the id that callers use"
            />
          </div>
        )}
      </div>
      <div className={classes.buttons}>
        {other && (
          <LinkButton variant="outlined" to={other.to}>
            {other.text}
          </LinkButton>
        )}
        {main && (
          <LinkButton variant="contained" color="primary" to={main.to}>
            {main.text}
          </LinkButton>
        )}
      </div>
    </div>
  );
}
