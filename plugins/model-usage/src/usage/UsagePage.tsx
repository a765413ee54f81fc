import { Content } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { PageLayout } from '@backstage/frontend-plugin-api';
import DataUsageIcon from '@material-ui/icons/DataUsage';
import { rootRouteRef } from '../routes';
import { UsageRoutes } from './UsageRoutes';
import { usageTabs } from './tabs';

/** The page in the new frontend system, with the portal's own header. */
export function UsagePage() {
  const root = useRouteRef(rootRouteRef)();
  return (
    <PageLayout
      title="Model usage"
      icon={<DataUsageIcon fontSize="inherit" />}
      titleLink={root}
      tabs={usageTabs.map(tab => ({ ...tab, href: `${root}/${tab.id}` }))}
    >
      <main>
        <Content>
          <UsageRoutes />
        </Content>
      </main>
    </PageLayout>
  );
}
