import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

// The frontend, served from the same origin as the backend.
backend.add(import('@backstage/plugin-app-backend'));

// Sign-in. The persona provider is for the demo and stays off without its configuration.
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./persona'));

// Permissions.
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./permissions'));

// Software catalog.
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@modelhub/backstage-plugin-catalog-backend-module-models'));

// Model Hub.
backend.add(import('@modelhub/backstage-plugin-model-cards-backend'));
backend.add(import('@modelhub/backstage-plugin-model-governance-backend'));
backend.add(import('@modelhub/backstage-plugin-model-reviews-backend'));
backend.add(import('@modelhub/backstage-plugin-model-serving-backend'));
backend.add(
  import('@modelhub/backstage-plugin-model-serving-backend-module-kserve'),
);
backend.add(import('@modelhub/backstage-plugin-model-usage-backend'));

// Templates.
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
);
backend.add(
  import('@modelhub/backstage-plugin-scaffolder-backend-module-models'),
);

// Search.
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));

// What reaches people, and what reaches other replicas.
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

// Actions for agents.
backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.start();
