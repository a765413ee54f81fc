import { Content, Header, HeaderTabs, Page } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useLocation, useNavigate } from 'react-router-dom';
import { rootRouteRef } from '../routes';
import { usageTabs } from '../usage/tabs';
import { UsageRoutes } from '../usage/UsageRoutes';

/** The page in the older frontend system. */
export function ModelUsagePage() {
  const root = useRouteRef(rootRouteRef)();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const selected = usageTabs.findIndex(tab =>
    pathname.startsWith(`${root}/${tab.id}`),
  );
  return (
    <Page themeId="tool">
      <Header
        title="Model usage"
        subtitle="What models cost, who may spend how much, and what enforcing would refuse"
      />
      <HeaderTabs
        tabs={usageTabs}
        selectedIndex={Math.max(selected, 0)}
        onChange={index => navigate(`${root}/${usageTabs[index].id}`)}
      />
      <Content>
        <UsageRoutes />
      </Content>
    </Page>
  );
}
