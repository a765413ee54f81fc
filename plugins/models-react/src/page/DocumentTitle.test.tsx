import { Header, Page } from '@backstage/core-components';
import { configApiRef } from '@backstage/core-plugin-api';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { lazy, type ReactElement, Suspense, useState } from 'react';
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
  it('comes back behind the number of unread notifications', async () => {
    await render(<DocumentTitle title="Queue" place="Governance" />, 'Acme');
    await titled('Queue · Governance · Acme');
    document.title = '(1) Governance · Acme';
    await titled('(1) Queue · Governance · Acme');
  });

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

  it('comes back with a view that was hidden while something loaded', async () => {
    let arrived!: (view: { default: () => ReactElement }) => void;
    const Late = lazy(
      () =>
        new Promise<{ default: () => ReactElement }>(resolve => {
          arrived = resolve;
        }),
    );
    function Tab() {
      const [open, setOpen] = useState(false);
      return (
        <>
          <DocumentTitle title="Tab" place="Governance" />
          <button onClick={() => setOpen(true)}>open</button>
          {open && <Late />}
        </>
      );
    }
    await render(
      <>
        <DocumentTitle place="Governance" />
        <Suspense fallback="wait">
          <Tab />
        </Suspense>
      </>,
      'Acme',
    );
    await titled('Tab · Governance · Acme');
    fireEvent.click(screen.getByRole('button', { name: 'open' }));
    await titled('Governance · Acme');
    await act(async () => arrived({ default: () => <p>there</p> }));
    await titled('Tab · Governance · Acme');
  });

  it('follows what becomes known, and ends with its view', async () => {
    function Views() {
      const [step, setStep] = useState(0);
      return (
        <>
          <button onClick={() => setStep(step + 1)}>next</button>
          {step < 2 && (
            <>
              <DocumentTitle title={`Outer ${step}`} place="Governance" />
              <DocumentTitle
                title={step === 0 ? undefined : 'Known'}
                place="Governance"
              />
            </>
          )}
        </>
      );
    }
    await render(<Views />, 'Acme');
    await titled('Governance · Acme');
    const next = () =>
      fireEvent.click(screen.getByRole('button', { name: 'next' }));
    next();
    await titled('Known · Governance · Acme');
    next();
    await titled('Acme');
  });
});
