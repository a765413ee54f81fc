import { Content, Header, Page } from '@backstage/core-components';
import { EvaluateRoutes } from '../page/EvaluateRoutes';

/** The page in the older frontend system. */
export function ModelServingPage() {
  return (
    <Page themeId="tool">
      <Header
        title="Evaluate models"
        subtitle="Run a model for an afternoon, and see what it answers you"
      />
      <Content>
        <EvaluateRoutes />
      </Content>
    </Page>
  );
}
