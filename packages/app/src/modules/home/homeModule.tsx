import { MarkdownContent } from '@backstage/core-components';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  HomePageLayoutBlueprint,
  HomePageWidgetBlueprint,
} from '@backstage/plugin-home-react/alpha';

const content = `
1. **Find** a [model](/models) by what it must do, and read its card.
2. **Ask** for it: where it may run, for what purpose, and for whom.
3. **Watch** the checks run, and the people of the tier
   [decide](/model-governance). Nobody signs their own request.
4. **Call** it through the gateway: 403 becomes 200 as soon as it is approved.
5. **Deploy** it from a [template](/create) that refuses what was not approved.
`;

const loopWidget = HomePageWidgetBlueprint.make({
  name: 'loop',
  params: {
    name: 'ModelHubLoop',
    title: 'From finding a model to running it',
    description: 'The five steps of Model Hub',
    components: async () => ({
      Content: () => <MarkdownContent content={content} />,
    }),
  },
});

const layout = HomePageLayoutBlueprint.make({
  params: {
    loader: async () => (await import('./HomeLayout')).HomeLayout,
  },
});

export const homeModule = createFrontendModule({
  pluginId: 'home',
  extensions: [layout, loopWidget],
});
