import { Content, Header, Page } from '@backstage/core-components';
import { BrowsePage } from './BrowsePage';

/** The models page of the older frontend system. */
export function LegacyModelsPage() {
  return (
    <Page themeId="tool">
      <Header
        title="Models"
        subtitle="Find one by what it must do, and see where it may be used"
      />
      <Content>
        <BrowsePage />
      </Content>
    </Page>
  );
}
