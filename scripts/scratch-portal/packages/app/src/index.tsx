import '@backstage/cli/asset-types';
import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import modelCardsPlugin from '@modelhub/backstage-plugin-model-cards';
import modelGovernancePlugin from '@modelhub/backstage-plugin-model-governance';
import ReactDOM from 'react-dom/client';

const app = createApp({
  features: [catalogPlugin, modelCardsPlugin, modelGovernancePlugin],
});

ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
