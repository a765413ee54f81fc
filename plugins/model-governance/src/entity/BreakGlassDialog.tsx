import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { Progress } from '@backstage/core-components';
import {
  type Approval,
  type ApprovalDetail,
  type BreakGlass,
  type Tier,
  tiers,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  modelGovernanceApiRef,
  tierText,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useLive } from '../hooks/useLive';
import { useStepUp } from '../hooks/useStepUp';
import { nameOfRef } from '../lib/words';
import { approvalRouteRef } from '../routes';
import { ActionDialog } from '../shared/ActionDialog';

type Scope = Pick<BreakGlass, 'modelVersion' | 'purpose' | 'profile'> & {
  tier: Tier;
};

const scopeOf = (approval: Approval): Scope => ({
  modelVersion: approval.modelVersion,
  tier: approval.tier,
  purpose: approval.purpose,
  profile: approval.profile,
});

/** Opens a model without sign-offs for a short while, with a passkey and a reason. */
export function BreakGlassDialog(props: {
  entityRef: string;
  openRequests: Approval[];
  onClose: () => void;
}) {
  const { entityRef, onClose } = props;
  // As it was when the dialog opened: the choice does not move to another
  // request when the chosen one ends meanwhile; then the backend refuses.
  const [openRequests] = useState(() =>
    props.openRequests.filter(({ state }) => state !== 'draft'),
  );
  const api = useApi(modelGovernanceApiRef);
  const stepUp = useStepUp();
  const navigate = useNavigate();
  const approvalPage = useRouteRef(approvalRouteRef);
  const submission = useSubmission<ApprovalDetail>();
  const [pendingId, setPendingId] = useState(openRequests[0]?.id ?? '');
  const pending = openRequests.find(one => one.id === pendingId);
  const [own, setOwn] = useState<Partial<Scope>>({});
  const choices = useLive(
    `break-glass:${entityRef}`,
    async (client, signal) => {
      const [profiles, purposes, preview] = await Promise.all([
        client.listAccessProfiles({ signal }),
        client.listPurposes({ signal }),
        client.previewApproval(
          { body: { entityRef, tier: 'internal' } },
          { signal },
        ),
      ]);
      return {
        profiles: profiles.items,
        purposes: purposes.items,
        versions: preview.versions,
      };
    },
    { still: true },
  );
  const scope: Partial<Scope> = pending ? scopeOf(pending) : own;
  const { modelVersion, tier, purpose, profile } = scope;
  const complete = Boolean(modelVersion && tier && purpose && profile);

  const confirm = async (reason?: string) => {
    if (!modelVersion || !tier || !purpose || !profile) return;
    const opened = await submission.submit<
      Omit<BreakGlass, 'stepUp'>,
      BreakGlass
    >({
      body: {
        entityRef,
        modelVersion,
        tier,
        purpose,
        profile,
        reason: reason ?? '',
        ...(pending && { pendingRequestId: pending.id }),
      },
      complete: async body => ({
        ...body,
        stepUp: await stepUp('approval.break-glass', body),
      }),
      send: (body, idempotencyKey) => api.breakGlass({ body, idempotencyKey }),
    });
    if (opened) navigate(approvalPage({ id: opened.id }));
  };
  const field = (
    name: keyof Scope,
    label: string,
    options: Array<{ value: string; label: string }>,
  ) => (
    <p>
      <ChoiceField
        id={`break-glass-${name}`}
        label={label}
        required
        fullWidth
        value={own[name] ?? ''}
        none="Choose"
        choices={options}
        onChange={value => setOwn(previous => ({ ...previous, [name]: value }))}
      />
    </p>
  );
  const named = (items: Array<{ id: string; title: string }>) =>
    items.map(one => ({ value: one.id, label: one.title }));

  return (
    <ActionDialog
      title={`Emergency access to ${nameOfRef(entityRef)}`}
      confirm="Open with passkey"
      destructive
      disabled={!complete}
      reason={{ label: 'Reason', required: true, minLength: 10 }}
      busy={submission.busy}
      error={submission.error ?? choices.error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <p>
        It opens the model at once and without sign-offs, for 72 hours. It is
        announced, recorded and reviewed afterwards. It stands beside a request
        that somebody else submitted; whoever asked for the model cannot do it.
      </p>
      {openRequests.length > 0 && (
        <ChoiceField
          id="break-glass-pending"
          label="For the open request"
          fullWidth
          value={pendingId}
          choices={openRequests.map(one => ({
            value: one.id,
            label: `${one.modelVersion}, ${tierText(one.tier).label}, ${
              one.purpose
            }, ${one.profile}`,
          }))}
          onChange={setPendingId}
        />
      )}
      {!pending && !choices.value && !choices.error && <Progress />}
      {!pending && choices.value && (
        <>
          {field(
            'modelVersion',
            'Version',
            choices.value.versions.map(one => ({
              value: one.name,
              label: one.name,
            })),
          )}
          {field(
            'tier',
            'Tier',
            tiers.map(one => ({ value: one, label: tierText(one).label })),
          )}
          {field('purpose', 'Purpose', named(choices.value.purposes))}
          {field('profile', 'Access profile', named(choices.value.profiles))}
        </>
      )}
    </ActionDialog>
  );
}
