import { Link } from '@backstage/core-components';
import { EmptyHint } from '@modelhub/backstage-plugin-models-react';
import { Route, Routes } from 'react-router-dom';
import { EndpointPage } from '../endpoints/EndpointPage';
import { EndpointsPage } from '../endpoints/EndpointsPage';
import { BatchPage } from '../inputs/BatchPage';
import { InputsPage } from '../inputs/InputsPage';
import { useServingPaths } from '../lib/paths';
import { PlaygroundPage } from '../playground/PlaygroundPage';
import { EvaluateNav } from './EvaluateNav';
import { EvaluateTitle } from './EvaluateTitle';

function NoSuchPage() {
  const paths = useServingPaths();
  return (
    <>
      <EvaluateTitle title="No such page" />
      <EmptyHint
        title="There is no such page"
        action={<Link to={paths.endpoints}>My endpoints</Link>}
      />
    </>
  );
}

/** Every view of the tab. */
export function EvaluateRoutes() {
  return (
    <>
      <EvaluateNav />
      <Routes>
        <Route index element={<EndpointsPage />} />
        <Route path="endpoints/:id" element={<EndpointPage />} />
        <Route path="playground" element={<PlaygroundPage />} />
        <Route path="inputs" element={<InputsPage />} />
        <Route path="inputs/:id" element={<BatchPage />} />
        <Route path="*" element={<NoSuchPage />} />
      </Routes>
    </>
  );
}
