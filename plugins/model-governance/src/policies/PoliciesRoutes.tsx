import { Route, Routes, useParams } from 'react-router-dom';
import { EmptyHint } from '@modelhub/backstage-plugin-models-react';
import { ActivationPage } from './ActivationPage';
import { HistoryPage } from './HistoryPage';
import { PoliciesNav } from './PoliciesNav';
import { PoliciesPage } from './PoliciesPage';
import { ProposalPage } from './ProposalPage';
import { ProposalsPage } from './ProposalsPage';

function OneProposal() {
  const { id = '' } = useParams();
  return <ProposalPage key={id} id={id} />;
}

function OneActivation() {
  const { id = '' } = useParams();
  return <ActivationPage key={id} id={id} />;
}

/** What is in force, what is proposed, and what was in force. */
export function PoliciesRoutes() {
  return (
    <>
      <PoliciesNav />
      <Routes>
        <Route index element={<PoliciesPage />} />
        <Route path="proposals" element={<ProposalsPage />} />
        <Route path="proposals/:id" element={<OneProposal />} />
        <Route path="history" element={<HistoryPage />} />
        <Route path="history/:id" element={<OneActivation />} />
        <Route
          path="*"
          element={
            <EmptyHint
              title="There is no such page"
              description="Choose one of the views above."
            />
          }
        />
      </Routes>
    </>
  );
}
