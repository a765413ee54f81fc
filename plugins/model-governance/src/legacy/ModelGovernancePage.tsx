import { Content, Header, HeaderTabs, Page } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useLocation, useNavigate } from 'react-router-dom';
import { GovernanceRoutes } from '../governance/GovernanceRoutes';
import { useGovernanceTabs } from '../governance/tabs';
import { rootRouteRef } from '../routes';

/** The page in the older frontend system. */
export function ModelGovernancePage() {
  const root = useRouteRef(rootRouteRef)();
  const tabs = useGovernanceTabs();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const selected = tabs.findIndex(tab =>
    pathname.startsWith(`${root}/${tab.id}`),
  );
  return (
    <Page themeId="tool">
      <Header
        title="Model governance"
        subtitle="Who may use which model, for what, and who decided it"
      />
      <HeaderTabs
        tabs={tabs}
        selectedIndex={Math.max(selected, 0)}
        onChange={index => navigate(`${root}/${tabs[index].id}`)}
      />
      <Content>
        <GovernanceRoutes />
      </Content>
    </Page>
  );
}
