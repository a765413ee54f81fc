import { Content, Header, Page } from '@backstage/core-components';
import { DocumentTitle } from '@modelhub/backstage-plugin-models-react';
import { BrowsePage } from './BrowsePage';

/** The models page of the older frontend system. */
export function LegacyModelsPage() {
  return (
    <Page themeId="tool">
      <Header
        title="Models"
        subtitle="Find one by what it must do, and see where it may be used"
      />
      <DocumentTitle title="Browse" place="Models" />
      <Content>
        <BrowsePage />
      </Content>
    </Page>
  );
}
