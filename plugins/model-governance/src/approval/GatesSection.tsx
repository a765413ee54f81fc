import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Typography from '@material-ui/core/Typography';
import {
  type ApprovalDetail,
  type GateResult,
  modelGateWaivePermission,
} from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  Section,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { Problem } from '../shared/Problem';
import { GateRow } from './GateRow';
import { WaiveDialog } from './WaiveDialog';

const openStates = [
  'checking',
  'changes-requested',
  'in-review',
  'approved',
  'suspended',
];
const rerunnable: GateResult['status'][] = ['fail', 'error', 'needs-evidence'];

/** The checks that run by themselves. */
export function GatesSection(props: {
  approval: ApprovalDetail;
  onChange: (after: ApprovalDetail) => void;
}) {
  const { approval, onChange } = props;
  const api = useApi(modelGovernanceApiRef);
  const { submit, busy, error } = useSubmission<ApprovalDetail>();
  const [waiving, setWaiving] = useState<GateResult>();
  const { allowed: mayWaive } = usePermission({
    permission: modelGateWaivePermission,
    resourceRef: approval.id,
  });
  const open = openStates.includes(approval.state);
  const runsAgain =
    approval.state === 'checking' ||
    (approval.state === 'suspended' &&
      approval.holds.some(
        ({ kind, clearedAt }) => kind === 'waiver-ended' && !clearedAt,
      ));

  const rerun = async (gateId: string) => {
    const after = await submit({
      body: { gateId, revision: approval.revision },
      send: (_, idempotencyKey) =>
        api.rerunGate({ id: approval.id, gateId, idempotencyKey }),
    });
    if (after) onChange(after);
  };
  const isWaivable = (gate: GateResult) =>
    open &&
    mayWaive &&
    (rerunnable.includes(gate.status) || gate.status === 'waived') &&
    approval.demands.gates.some(
      demand => demand.id === gate.gateId && demand.waivableBy?.length,
    );

  return (
    <Section title="Checks">
      {approval.gates.length === 0 &&
        (approval.state === 'draft' ? (
          <Typography variant="body2">
            They start when the request is submitted.
          </Typography>
        ) : (
          <Typography variant="body2">
            {approval.kind === 'emergency'
              ? 'An emergency does not wait for checks.'
              : 'No checks were asked for.'}
          </Typography>
        ))}
      <Problem error={error} />
      {approval.gates.map(gate => (
        <GateRow
          key={gate.gateId}
          approvalId={approval.id}
          gate={gate}
          busy={busy}
          onRerun={
            runsAgain && rerunnable.includes(gate.status)
              ? () => rerun(gate.gateId)
              : undefined
          }
          onWaive={isWaivable(gate) ? () => setWaiving(gate) : undefined}
        />
      ))}
      {waiving && (
        <WaiveDialog
          approval={approval}
          gate={waiving}
          onClose={() => setWaiving(undefined)}
          onDone={after => {
            setWaiving(undefined);
            onChange(after);
          }}
        />
      )}
    </Section>
  );
}
