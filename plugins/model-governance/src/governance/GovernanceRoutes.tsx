import { Navigate, Route, Routes } from 'react-router-dom';
import { EmptyHint } from '@modelhub/backstage-plugin-models-react';
import { AllowlistPage } from '../allowlist/AllowlistPage';
import { ApprovalPage } from '../approval/ApprovalPage';
import { GatewaysPage } from '../gateways/GatewaysPage';
import { LedgerPage } from '../ledger/LedgerPage';
import { PasskeysPage } from '../passkeys/PasskeysPage';
import { PoliciesPage } from '../policies/PoliciesPage';
import { MyRequestsPage } from '../queue/MyRequestsPage';
import { QueuePage } from '../queue/QueuePage';
import { RequestPage } from '../request/RequestPage';

/**
 * Every view under the page. Views without a tab for the one who looks stay
 * reachable by address and say themselves what is not allowed.
 */
export function GovernanceRoutes() {
  return (
    <Routes>
      <Route index element={<Navigate to="queue" replace />} />
      <Route path="queue" element={<QueuePage />} />
      <Route path="my-requests" element={<MyRequestsPage />} />
      <Route path="allowlist" element={<AllowlistPage />} />
      <Route path="gateways" element={<GatewaysPage />} />
      <Route path="policies" element={<PoliciesPage />} />
      <Route path="ledger" element={<LedgerPage />} />
      <Route path="passkeys" element={<PasskeysPage />} />
      <Route path="request" element={<RequestPage />} />
      <Route path="approvals/:id" element={<ApprovalPage />} />
      <Route
        path="*"
        element={
          <EmptyHint
            title="There is no such page"
            description="Choose one of the tabs above."
          />
        }
      />
    </Routes>
  );
}
