import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  UsageImport,
  UsageImportOutcome,
} from '@modelhub/backstage-plugin-models-common';
import { failure } from '@modelhub/backstage-plugin-models-react/testUtils';
import { backends } from '../__testUtils__/fixtures';
import { renderUsage } from '../__testUtils__/renderUsage';
import { formatOf } from './formats';
import { daysText, sumsText } from './ImportSums';

const IMPORT = 'POST model-usage/imports';

const added: UsageImport['added'] = {
  rows: 2,
  calls: 120,
  inputTokens: 9_000,
  outputTokens: 0,
  costs: [{ currency: 'EUR', amount: 1.5 }],
  from: '2026-11-19T00:00:00.000Z',
  to: '2026-11-20T00:00:00.000Z',
};

const november: UsageImport = {
  id: '5f1c2d3e-0000-4000-8000-000000000001',
  format: 'csv',
  fileName: 'november.csv',
  digest: 'a'.repeat(64),
  takenAt: '2026-11-20T10:00:00.000Z',
  takenBy: 'user:default/ada',
  added,
};

const outcome = (
  given: Partial<UsageImportOutcome> = {},
): UsageImportOutcome => ({
  rows: 2,
  new: added,
  known: 0,
  problemCount: 0,
  problems: [],
  unmapped: [],
  sample: [
    {
      line: 2,
      at: '2026-11-20T00:00:00.000Z',
      model: 'acme/chat',
      version: '1.0',
      calls: 120,
      cost: 1.5,
      currency: 'EUR',
    },
  ],
  ...given,
});

const rooms = () =>
  backends()
    .on('GET model-usage/sources', { items: [] })
    .on('GET model-usage/imports', { items: [] })
    .on(IMPORT, outcome());

const csv = (
  content = 'at,model\n2026-11-20,acme/chat\n',
  name = 'usage.csv',
) => new File([content], name, { type: 'text/csv' });

const choose = async (file: File) =>
  userEvent.upload(await screen.findByLabelText('Choose file…'), file);

describe('sources', () => {
  it('are shown with how they are, and can be asked now', async () => {
    let isMended = false;
    const fake = rooms()
      .on('GET model-usage/sources', () => ({
        items: [
          {
            id: 'litellm',
            isConfigured: true,
            taken: 1_200,
            succeededAt: '2026-11-20T10:00:00Z',
            ...(!isMended && { problem: 'LiteLLM does not answer' }),
          },
          { id: 'old', isConfigured: false, taken: 3 },
        ],
      }))
      .on('POST model-usage/sources/litellm/retry', () => {
        isMended = true;
        return { id: 'litellm', isConfigured: true, taken: 1_200 };
      });
    await renderUsage('/sources', { backends: fake });
    const table = await screen.findByRole('table', {
      name: 'Sources of usage',
    });
    const [, litellm, old] = within(table).getAllByRole('row');
    expect(litellm).toHaveTextContent(/LiteLLM does not answerFailing/);
    expect(litellm).toHaveTextContent('1,200');
    expect(old).toHaveTextContent('Not asked');
    expect(within(old).queryByRole('button')).toBeNull();
    await userEvent.click(
      screen.getByRole('button', { name: 'Ask litellm now' }),
    );
    await waitFor(() => expect(litellm).toHaveTextContent('Working'));
    expect(fake.sent('POST model-usage/sources/litellm/retry')).toHaveLength(1);
  });

  it('and imports are for those who run the hub', async () => {
    await renderUsage('/sources', {
      backends: rooms(),
      denied: ['model.gateway.manage', 'model.usage.import'],
    });
    expect(
      await screen.findByText(
        'Sources and imports are for those who run the hub',
      ),
    ).toBeVisible();
    expect(screen.queryByLabelText('Choose file…')).toBeNull();
  });
});

describe('an import', () => {
  it('is shown before anything is added, and then taken', async () => {
    const fake = rooms();
    await renderUsage('/sources', { backends: fake });
    await choose(csv());
    expect(
      await screen.findByText(
        'Adds 2 rows: 120 calls, 9,000 tokens in, €1.50 (2026-11-19 to 2026-11-20).',
      ),
    ).toBeVisible();
    const rows = screen.getByRole('table', {
      name: 'Rows as they were understood',
    });
    expect(within(rows).getAllByRole('row')[1]).toHaveTextContent(
      'acme/chat@1.0',
    );
    expect(fake.sent(IMPORT).map(({ body }) => body)).toEqual([
      {
        format: 'csv',
        fileName: 'usage.csv',
        content: 'at,model\n2026-11-20,acme/chat\n',
        currency: 'USD',
        dryRun: true,
      },
    ]);
    fake.on('GET model-usage/imports', { items: [november] });
    await userEvent.click(screen.getByRole('button', { name: 'Import' }));
    expect(await screen.findByText('usage.csv is imported.')).toBeVisible();
    expect(fake.sent(IMPORT)[1].body).toMatchObject({ leaveOutBadRows: false });
    expect(fake.sent(IMPORT)[1].body).not.toHaveProperty('dryRun');
    expect(
      await screen.findByRole('table', { name: 'Imports' }),
    ).toHaveTextContent('november.csv');
  });

  it('says line by line what is wrong, and takes the rest when it is told to', async () => {
    const fake = rooms().on(
      IMPORT,
      outcome({
        problemCount: 1,
        problems: [{ line: 3, message: 'column model is empty' }],
        unmapped: [
          { namespace: 'llm', controller: 'x', rows: 4, amount: 12.5 },
        ],
        known: 7,
      }),
    );
    await renderUsage('/sources', { backends: fake });
    await choose(
      csv('Date,Namespace,ControllerName,TotalCost\n', 'opencost.csv'),
    );
    const table = await screen.findByRole('table', {
      name: 'Rows that cannot be taken',
    });
    expect(table).toHaveTextContent('3column model is empty');
    expect(
      screen.getByText(/7 rows counted before and not again/),
    ).toBeVisible();
    expect(
      screen.getByRole('table', { name: 'Workloads without a model' }),
    ).toHaveTextContent('llmx412.50');
    const take = screen.getByRole('button', { name: 'Import' });
    expect(take).toBeDisabled();
    await userEvent.click(
      screen.getByLabelText('Leave these rows out and take the rest'),
    );
    await userEvent.click(take);
    await waitFor(() => expect(fake.sent(IMPORT)).toHaveLength(2));
    expect(fake.sent(IMPORT)[1].body).toMatchObject({
      format: 'opencost-csv',
      leaveOutBadRows: true,
    });
  });

  it('of a file that counts already cannot be taken again', async () => {
    await renderUsage('/sources', {
      backends: rooms().on(
        IMPORT,
        outcome({ import: november, repeats: november.id }),
      ),
    });
    await choose(csv());
    expect(
      await screen.findByText(/was imported before, and counts/),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Import' })).toBeDisabled();
  });

  it('that cannot be read says why', async () => {
    await renderUsage('/sources', {
      backends: rooms().on(IMPORT, () =>
        failure(400, 'InputError', 'The file has no column model.'),
      ),
    });
    await choose(csv());
    expect(
      await screen.findByText(/The file has no column model/),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Import' })).toBeNull();
  });

  it('may be undone', async () => {
    const undone = {
      ...november,
      undoneAt: '2026-11-21T10:00:00.000Z',
      undoneBy: 'user:default/ada',
    };
    const fake = rooms()
      .on('GET model-usage/imports', { items: [november] })
      .on(`POST model-usage/imports/${november.id}/undo`, undone);
    await renderUsage('/sources', { backends: fake });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Undo the import of november.csv…',
      }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('2 rows: 120 calls');
    fake.on('GET model-usage/imports', { items: [undone] });
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Undo import' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() =>
      expect(screen.getByRole('table', { name: 'Imports' })).toHaveTextContent(
        'Undone',
      ),
    );
  });
});

it.each([
  ['\uFEFF{"code":200}', 'opencost-json'],
  ['Date,Namespace,TotalCost\n', 'opencost-csv'],
  ['at;model\n', 'csv'],
  ['', 'csv'],
])('a file that begins with %j is %s', (content, format) => {
  expect(formatOf(content)).toBe(format);
});

it('sums are said in words', () => {
  const none = {
    rows: 1,
    calls: 0,
    inputTokens: 0,
    outputTokens: 0,
    costs: [],
  };
  expect([sumsText(none), daysText(none)]).toEqual(['1 row', '–']);
  expect(daysText({ ...added, from: added.to })).toBe('2026-11-20');
});
