import { Header, Page } from '@backstage/core-components';
import { configApiRef } from '@backstage/core-plugin-api';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { act, waitFor } from '@testing-library/react';
import { lazy, type ReactElement, Suspense } from 'react';
import { DocumentTitle } from './DocumentTitle';

const render = (element: ReactElement, title?: string) =>
  renderInTestApp(
    <TestApiProvider
      apis={[
        [
          configApiRef,
          mockApis.config({ data: title ? { app: { title } } : {} }),
        ],
      ]}
    >
      {element}
    </TestApiProvider>,
  );
const titled = (title: string) =>
  waitFor(() => expect(document.title).toBe(title));

describe('DocumentTitle', () => {
  it('names the view, its place and the portal', async () => {
    await render(<DocumentTitle title="Queue" place="Governance" />, 'Acme');
    await titled('Queue · Governance · Acme');
  });

  it('does without what is not known', async () => {
    await render(<DocumentTitle place="Governance" />);
    await titled('Governance · Backstage');
  });

  it('gives way to a view inside, and wins over the header of the page', async () => {
    await render(
      <Page themeId="tool">
        <Header title="Of the header" />
        <DocumentTitle title="Tab" place="Governance" />
        <DocumentTitle title="100 %s of it" place="Governance" />
      </Page>,
      'Acme',
    );
    await titled('100 %s of it · Governance · Acme');
  });

  it('is not confused by views that were begun and not shown', async () => {
    let arrived!: (view: { default: () => ReactElement }) => void;
    const Late = lazy(
      () =>
        new Promise<{ default: () => ReactElement }>(resolve => {
          arrived = resolve;
        }),
    );
    await render(
      <>
        <DocumentTitle title="Shown" place="Governance" />
        <Suspense fallback="wait">
          <DocumentTitle title="Begun" place="Governance" />
          <Late />
        </Suspense>
      </>,
      'Acme',
    );
    await titled('Shown · Governance · Acme');
    await act(async () => arrived({ default: () => <p>there</p> }));
    await titled('Begun · Governance · Acme');
  });
});
