import { Content } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { PageLayout } from '@backstage/frontend-plugin-api';
import VerifiedUserIcon from '@material-ui/icons/VerifiedUser';
import { rootRouteRef } from '../routes';
import { GovernanceRoutes } from './GovernanceRoutes';
import { useGovernanceTabs } from './tabs';

/** The page in the new frontend system, with the portal's own header. */
export function GovernancePage() {
  const root = useRouteRef(rootRouteRef)();
  const tabs = useGovernanceTabs();
  return (
    <PageLayout
      title="Model governance"
      icon={<VerifiedUserIcon fontSize="inherit" />}
      titleLink={root}
      tabs={tabs.map(tab => ({ ...tab, href: `${root}/${tab.id}` }))}
    >
      <main>
        <Content>
          <GovernanceRoutes />
        </Content>
      </main>
    </PageLayout>
  );
}
