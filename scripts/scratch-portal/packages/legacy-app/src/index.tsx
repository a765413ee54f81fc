import '@backstage/cli/asset-types';
import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import {
  CatalogEntityPage,
  CatalogIndexPage,
  EntityAboutCard,
  EntityLayout,
  EntitySwitch,
  catalogPlugin,
} from '@backstage/plugin-catalog';
import {
  EntityModelCard,
  ModelsPage,
  isModelAvailable,
  modelCardsPlugin,
} from '@modelhub/backstage-plugin-model-cards/legacy';
import {
  EntityModelApprovalsContent,
  ModelGovernancePage,
  modelGovernancePlugin,
} from '@modelhub/backstage-plugin-model-governance/legacy';
import {
  EntityModelReviewsContent,
  ModelReviewsPage,
  modelReviewsPlugin,
} from '@modelhub/backstage-plugin-model-reviews/legacy';
import ReactDOM from 'react-dom/client';
import { Route } from 'react-router-dom';

const entityPage = (
  <EntitySwitch>
    <EntitySwitch.Case if={isModelAvailable}>
      <EntityLayout>
        <EntityLayout.Route path="/" title="Overview">
          <EntityModelCard />
        </EntityLayout.Route>
        <EntityLayout.Route path="/approvals" title="Approvals">
          <EntityModelApprovalsContent />
        </EntityLayout.Route>
        <EntityLayout.Route path="/reviews" title="Reviews">
          <EntityModelReviewsContent />
        </EntityLayout.Route>
      </EntityLayout>
    </EntitySwitch.Case>
    <EntitySwitch.Case>
      <EntityLayout>
        <EntityLayout.Route path="/" title="Overview">
          <EntityAboutCard />
        </EntityLayout.Route>
      </EntityLayout>
    </EntitySwitch.Case>
  </EntitySwitch>
);

const app = createApp({
  plugins: [
    catalogPlugin,
    modelCardsPlugin,
    modelGovernancePlugin,
    modelReviewsPlugin,
  ],
});

const App = app.createRoot(
  <AppRouter>
    <FlatRoutes>
      <Route path="/catalog" element={<CatalogIndexPage />} />
      <Route
        path="/catalog/:namespace/:kind/:name"
        element={<CatalogEntityPage />}
      >
        {entityPage}
      </Route>
      <Route path="/models" element={<ModelsPage />} />
      <Route path="/model-governance" element={<ModelGovernancePage />} />
      <Route path="/model-reviews" element={<ModelReviewsPage />} />
    </FlatRoutes>
  </AppRouter>,
);

ReactDOM.createRoot(document.getElementById('root')!).render(<App />);
