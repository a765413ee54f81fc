import { Content, Header, HeaderTabs, Page } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useLocation, useNavigate } from 'react-router-dom';
import { ReviewsRoutes } from '../page/ReviewsRoutes';
import { useReviewsTabs } from '../page/tabs';
import { rootRouteRef } from '../routes';

/** The page in the older frontend system. */
export function ModelReviewsPage() {
  const root = useRouteRef(rootRouteRef)();
  const tabs = useReviewsTabs();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const selected = tabs.findIndex(tab =>
    pathname.startsWith(`${root}/${tab.id}`),
  );
  return (
    <Page themeId="tool">
      <Header
        title="Model reviews"
        subtitle="What people say about models, and what helped them"
      />
      <HeaderTabs
        tabs={tabs}
        selectedIndex={Math.max(selected, 0)}
        onChange={index => navigate(`${root}/${tabs[index].id}`)}
      />
      <Content>
        <ReviewsRoutes />
      </Content>
    </Page>
  );
}
