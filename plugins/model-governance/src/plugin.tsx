import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import VerifiedUserIcon from '@material-ui/icons/VerifiedUser';
import { ModelGovernanceClient } from '@modelhub/backstage-plugin-models-common';
import { modelGovernanceApiRef } from '@modelhub/backstage-plugin-models-react';
import {
  approvalRouteRef,
  enforcementReportRouteRef,
  entityContentRouteRef,
  entityEvaluationsRouteRef,
  entityPackRouteRef,
  requestRouteRef,
  rootRouteRef,
} from './routes';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: modelGovernanceApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ModelGovernanceClient(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/model-governance',
    title: 'Model governance',
    icon: <VerifiedUserIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    // The page brings its header itself: which tabs there are depends on the reader.
    noHeader: true,
    loader: () =>
      import('./governance/GovernancePage').then(m => <m.GovernancePage />),
  },
});

const entityContent = EntityContentBlueprint.make({
  name: 'approvals',
  params: {
    path: '/approvals',
    title: 'Approvals and versions',
    filter: { kind: 'model' },
    routeRef: entityContentRouteRef,
    loader: () =>
      import('./entity/EntityModelApprovals').then(m => (
        <m.EntityModelApprovals />
      )),
  },
});

const evaluationsContent = EntityContentBlueprint.make({
  name: 'evaluations',
  params: {
    path: '/evaluations',
    title: 'Evaluations',
    filter: { kind: 'model' },
    routeRef: entityEvaluationsRouteRef,
    loader: () =>
      import('./evaluations/EntityModelEvaluations').then(m => (
        <m.EntityModelEvaluations />
      )),
  },
});

const packContent = EntityContentBlueprint.make({
  name: 'evaluation-pack',
  params: {
    path: '/evaluation-pack',
    title: 'Evaluation',
    filter: { kind: 'evaluationpack' },
    routeRef: entityPackRouteRef,
    loader: () =>
      import('./evaluations/EntityEvaluationPack').then(m => (
        <m.EntityEvaluationPack />
      )),
  },
});

const evaluationsCard = EntityCardBlueprint.make({
  name: 'evaluations',
  params: {
    type: 'info',
    filter: { kind: 'model' },
    loader: () =>
      import('./evaluations/EvaluationsCard').then(m => <m.EvaluationsCard />),
  },
});

const widgetLayout = {
  width: { minColumns: 4, maxColumns: 12, defaultColumns: 6 },
  height: { minRows: 3, maxRows: 12, defaultRows: 5 },
};

const needsMyDecision = HomePageWidgetBlueprint.make({
  name: 'needs-my-decision',
  params: {
    name: 'ModelGovernanceNeedsMyDecision',
    title: 'Needs my decision',
    description: 'Model requests that wait for you',
    layout: widgetLayout,
    components: () =>
      import('./home/ApprovalsWidget').then(m => ({
        Content: m.NeedsMyDecisionContent,
      })),
  },
});

const myRequests = HomePageWidgetBlueprint.make({
  name: 'my-requests',
  params: {
    name: 'ModelGovernanceMyRequests',
    title: 'My requests',
    description: 'Models that you asked for, and where each request stands',
    layout: widgetLayout,
    components: () =>
      import('./home/ApprovalsWidget').then(m => ({
        Content: m.MyRequestsContent,
      })),
  },
});

/**
 * Model governance for the new frontend system: the page, the tabs and
 * the card on the page of a model, the tab on that of an evaluation pack, two
 * widgets for the home page, and the client of the backend.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'model-governance',
  title: 'Model governance',
  icon: <VerifiedUserIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    request: requestRouteRef,
    approval: approvalRouteRef,
    entityContent: entityContentRouteRef,
    entityEvaluations: entityEvaluationsRouteRef,
    entityPack: entityPackRouteRef,
  },
  externalRoutes: { enforcementReport: enforcementReportRouteRef },
  extensions: [
    api,
    page,
    entityContent,
    evaluationsContent,
    packContent,
    evaluationsCard,
    needsMyDecision,
    myRequests,
  ],
});
