import { Content } from '@backstage/core-components';
import { CustomHomepageGrid } from '@backstage/plugin-home';
import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { DocumentTitle } from '@modelhub/backstage-plugin-models-react';
import { Fragment } from 'react';

/** The same columns on every desktop, so that two halves stand side by side. */
const COLUMNS = { xl: 12, lg: 12, md: 12, sm: 6, xs: 4, xxs: 2 };

/** Widgets on a grid that people may rearrange. */
export function HomeLayout({ widgets, defaultConfig }: HomePageLayoutProps) {
  return (
    <main>
      <DocumentTitle place="Home" />
      <Content>
        <CustomHomepageGrid
          title="Home"
          cols={COLUMNS}
          config={defaultConfig?.map(({ column, row, ...item }) => ({
            ...item,
            x: column,
            y: row,
          }))}
        >
          {widgets.map(({ name, component }, index) => (
            <Fragment key={name ?? index}>{component}</Fragment>
          ))}
        </CustomHomepageGrid>
      </Content>
    </main>
  );
}
