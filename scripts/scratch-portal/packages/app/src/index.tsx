import '@backstage/cli/asset-types';
import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import modelCardsPlugin from '@modelhub/backstage-plugin-model-cards';
import modelGovernancePlugin from '@modelhub/backstage-plugin-model-governance';
import modelReviewsPlugin from '@modelhub/backstage-plugin-model-reviews';
import ReactDOM from 'react-dom/client';

const app = createApp({
  features: [
    catalogPlugin,
    modelCardsPlugin,
    modelGovernancePlugin,
    modelReviewsPlugin,
  ],
});

ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
