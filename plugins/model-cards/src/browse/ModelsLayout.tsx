import { Content } from '@backstage/core-components';
import {
  BreadcrumbEntry,
  IconElement,
  PageLayout,
  PageLayoutTab,
  pluginHeaderActionsApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { DocumentTitle } from '@modelhub/backstage-plugin-models-react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';

/** A header tab of the models page: ours, or one that another plugin attached. */
export interface ModelsTab {
  path: string;
  title: string;
  icon?: IconElement;
  element: JSX.Element;
}

/** Goes to the first tab and, unlike the framework's own way, keeps the query. */
function ToFirstTab({ path }: { path: string }) {
  const { search } = useLocation();
  return <Navigate to={{ pathname: path, search }} replace />;
}

const useStyles = makeStyles(
  theme => ({
    // The header above brings the space between them.
    content: {
      padding: theme.spacing(0, 2, 3),
      [theme.breakpoints.up('md')]: { padding: theme.spacing(0, 3, 3) },
    },
  }),
  { name: 'ModelHubModelsLayout' },
);

/** The models page with its header tabs. */
export function ModelsLayout(props: {
  pluginId: string;
  title: string;
  icon?: IconElement;
  tabs: ModelsTab[];
}) {
  const { pluginId, title, icon, tabs } = props;
  const classes = useStyles();
  const headerActions = useApi(
    pluginHeaderActionsApiRef,
  ).getPluginHeaderActions(pluginId);
  const pageTabs: PageLayoutTab[] = tabs.map(tab => ({
    id: tab.path,
    label: tab.title,
    icon: tab.icon,
    href: tab.path,
  }));
  return (
    <PageLayout
      title={title}
      icon={icon}
      tabs={pageTabs}
      headerActions={headerActions}
    >
      <Routes>
        {tabs[0] && (
          <Route index element={<ToFirstTab path={tabs[0].path} />} />
        )}
        {tabs.map(tab => (
          <Route
            key={tab.path}
            path={`${tab.path}/*`}
            element={
              <BreadcrumbEntry entry={{ label: tab.title, href: tab.path }}>
                <DocumentTitle title={tab.title} place={title} />
                <main>
                  <Content noPadding className={classes.content}>
                    {tab.element}
                  </Content>
                </main>
              </BreadcrumbEntry>
            }
          />
        ))}
      </Routes>
    </PageLayout>
  );
}
