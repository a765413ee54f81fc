import { EmptyHint } from '@modelhub/backstage-plugin-models-react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { SpendingPage } from '../budgets/SpendingPage';
import { SubjectPage } from '../budgets/SubjectPage';
import { DriftPage } from '../drift/DriftPage';
import { EnforcementPage } from '../enforcement/EnforcementPage';
import { ProfileReportPage } from '../enforcement/ProfileReportPage';
import { OrganisationPage } from '../organisation/OrganisationPage';
import { ObjectivePage } from '../slo/ObjectivePage';
import { ObjectivesPage } from '../slo/ObjectivesPage';
import { SourcesPage } from '../sources/SourcesPage';
import { UsageTitle } from './UsageTitle';

/** Every view under the page. */
export function UsageRoutes() {
  return (
    <Routes>
      <Route index element={<Navigate to="budgets" replace />} />
      <Route path="budgets" element={<SpendingPage />} />
      <Route path="budgets/:kind/:subject" element={<SubjectPage />} />
      <Route path="organisation" element={<OrganisationPage />} />
      <Route path="objectives" element={<ObjectivesPage />} />
      <Route path="objectives/:objective" element={<ObjectivePage />} />
      <Route path="drift" element={<DriftPage />} />
      <Route path="enforcement" element={<EnforcementPage />} />
      <Route path="enforcement/:profile" element={<ProfileReportPage />} />
      <Route path="sources" element={<SourcesPage />} />
      <Route
        path="*"
        element={
          <>
            <UsageTitle title="No such page" />
            <EmptyHint
              title="There is no such page"
              description="Choose one of the tabs above."
            />
          </>
        }
      />
    </Routes>
  );
}
