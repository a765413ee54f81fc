import { Content } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { PageLayout } from '@backstage/frontend-plugin-api';
import RateReviewIcon from '@material-ui/icons/RateReview';
import { rootRouteRef } from '../routes';
import { ReviewsRoutes } from './ReviewsRoutes';
import { useReviewsTabs } from './tabs';

/** The page in the new frontend system, with the portal's own header. */
export function ReviewsPage() {
  const root = useRouteRef(rootRouteRef)();
  const tabs = useReviewsTabs();
  return (
    <PageLayout
      title="Model reviews"
      icon={<RateReviewIcon fontSize="inherit" />}
      titleLink={root}
      tabs={tabs.map(tab => ({ ...tab, href: `${root}/${tab.id}` }))}
    >
      <main>
        <Content>
          <ReviewsRoutes />
        </Content>
      </main>
    </PageLayout>
  );
}
