import { Navigate, Route, Routes } from 'react-router-dom';
import { EmptyHint } from '@modelhub/backstage-plugin-models-react';
import type { ReactElement } from 'react';
import { AllowlistPage } from '../allowlist/AllowlistPage';
import { ApprovalPage } from '../approval/ApprovalPage';
import { AsksPage } from '../asks/AsksPage';
import { EvidenceTokensPage } from '../evidence/EvidenceTokensPage';
import { GatewaysPage } from '../gateways/GatewaysPage';
import { LedgerPage } from '../ledger/LedgerPage';
import { OnlineExperimentPage } from '../online/OnlineExperimentPage';
import { OnlineExperimentsPage } from '../online/OnlineExperimentsPage';
import { PasskeysPage } from '../passkeys/PasskeysPage';
import { PoliciesRoutes } from '../policies/PoliciesRoutes';
import { MyRequestsPage } from '../queue/MyRequestsPage';
import { QueuePage } from '../queue/QueuePage';
import { RequestPage } from '../request/RequestPage';
import { WaiversPage } from '../waivers/WaiversPage';
import { GovernanceTitle } from './GovernanceTitle';

/** A view with what the browser's tab calls it. */
const titled = (title: string, view: ReactElement) => (
  <>
    <GovernanceTitle title={title} />
    {view}
  </>
);

/**
 * Every view under the page. Views without a tab for the one who looks stay
 * reachable by address and say themselves what is not allowed.
 */
export function GovernanceRoutes() {
  return (
    <Routes>
      <Route index element={<Navigate to="queue" replace />} />
      <Route path="queue" element={titled('Queue', <QueuePage />)} />
      <Route
        path="my-requests"
        element={titled('My requests', <MyRequestsPage />)}
      />
      <Route
        path="asks"
        element={titled('Waiting for a person', <AsksPage />)}
      />
      <Route
        path="allowlist"
        element={titled('Allowlist', <AllowlistPage />)}
      />
      <Route
        path="gateways"
        element={titled('Gateways and keys', <GatewaysPage />)}
      />
      <Route
        path="online"
        element={titled(
          'Experiments with live calls',
          <OnlineExperimentsPage />,
        )}
      />
      <Route path="online/:id" element={<OnlineExperimentPage />} />
      <Route
        path="policies/*"
        element={titled('Policies', <PoliciesRoutes />)}
      />
      <Route path="waivers" element={titled('Waivers', <WaiversPage />)} />
      <Route
        path="evidence-tokens"
        element={titled('My evidence tokens', <EvidenceTokensPage />)}
      />
      <Route path="ledger" element={titled('Ledger', <LedgerPage />)} />
      <Route path="passkeys" element={titled('My duties', <PasskeysPage />)} />
      <Route path="request" element={<RequestPage />} />
      <Route path="approvals/:id" element={<ApprovalPage />} />
      <Route
        path="*"
        element={titled(
          'No such page',
          <EmptyHint
            title="There is no such page"
            description="Choose one of the tabs above."
          />,
        )}
      />
    </Routes>
  );
}
