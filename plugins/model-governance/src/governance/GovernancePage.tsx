import { Content } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { PageLayout } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import VerifiedUserIcon from '@material-ui/icons/VerifiedUser';
import { rootRouteRef } from '../routes';
import { GovernanceRoutes } from './GovernanceRoutes';
import { useGovernanceTabs } from './tabs';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'contents',
      // More tabs than a phone is wide scroll on their own, not with the page.
      [theme.breakpoints.down('xs')]: {
        '& [role="tablist"]': {
          maxWidth: '100%',
          overflowX: 'auto',
          whiteSpace: 'nowrap',
        },
      },
    },
  }),
  { name: 'ModelGovernancePage' },
);

/** The page in the new frontend system, with the portal's own header. */
export function GovernancePage() {
  const root = useRouteRef(rootRouteRef)();
  const tabs = useGovernanceTabs();
  const classes = useStyles();
  return (
    <div className={classes.root}>
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
    </div>
  );
}
