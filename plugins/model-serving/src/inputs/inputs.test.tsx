import { FakeBackends } from '@modelhub/backstage-plugin-models-react/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { batch, row, target, targets } from '../__testUtils__/fixtures';
import { renderServing } from '../__testUtils__/renderServing';
import { EvaluateRoutes } from '../page/EvaluateRoutes';
import { columnsProblem, scorerChoices, withColumn } from './fileForm';
import { metricRows } from './MetricsTable';
import { disagrees, isWrong, readRows } from './rows';
import { amountText, differenceText, progressText } from './words';

const check = {
  format: 'jsonl',
  columns: ['question', 'answer'],
  guessed: { prompt: 'question', expected: 'answer' },
  rows: 2,
  bytes: 60,
  digest: 'sha256:abc',
  first: [
    { line: 1, values: { question: 'Capital of Denmark?', answer: 'x' } },
  ],
  problems: [],
  problemCount: 0,
  isUsable: true,
  scorers: ['exact-match', 'json-schema'],
};

const file = (text: string, name = 'capitals.jsonl') =>
  new File([text], name, { type: 'application/jsonl' });

async function choose(chosen: File) {
  await userEvent.upload(
    await screen.findByLabelText(/^Choose a(nother)? file…/),
    chosen,
  );
}

describe('own inputs', () => {
  it('shows what is wrong in which line, and runs the mended file', async () => {
    let answer: object = {
      ...check,
      problems: [{ line: 2, message: 'It is no JSON.' }],
      problemCount: 1,
      isUsable: false,
    };
    const fake = new FakeBackends()
      .on('GET model-serving/playground/targets', targets())
      .on('GET model-serving/playground/batches', { items: [] })
      .on('POST model-serving/playground/files/check', () => answer)
      .on('POST model-serving/playground/batches', batch())
      .on('GET model-serving/playground/batches/b1', batch())
      .on('GET model-serving/playground/batches/b1/rows', {
        items: [],
        total: 0,
      });
    await renderServing(<EvaluateRoutes />, {
      backends: fake,
      at: '/models/evaluate/inputs?target=endpoint:e1',
    });
    expect(await screen.findByText('You have run no file yet')).toBeVisible();
    await choose(file('{"question": 1}\n{'));
    expect(await screen.findByText('Line 2: It is no JSON.')).toBeVisible();
    const run = () => screen.getByRole('button', { name: /^Run 2 rows/ });
    expect(run()).toBeDisabled();

    answer = check;
    await choose(file('{"question": "q", "answer": "a"}'));
    await waitFor(() => expect(run()).toBeEnabled());
    expect(screen.getByText('Capital of Denmark?')).toBeVisible();
    expect(
      screen.getByRole('checkbox', { name: /^Exact match/ }),
    ).toBeChecked();
    await userEvent.selectOptions(
      screen.getByLabelText('Expected answer'),
      'question',
    );
    expect(
      await screen.findByText('Each column can be for one thing only.'),
    ).toBeVisible();
    expect(run()).toBeDisabled();
    await userEvent.selectOptions(
      screen.getByLabelText('Expected answer'),
      'answer',
    );
    await waitFor(() => expect(run()).toBeEnabled());
    await userEvent.click(run());
    expect(
      await screen.findByRole('progressbar', { name: 'Progress of Talker 2' }),
    ).toHaveAttribute('aria-valuenow', '33');
    expect(
      fake.sent('POST model-serving/playground/batches')[0].body,
    ).toMatchObject({
      name: 'capitals',
      fileName: 'capitals.jsonl',
      text: '{"question": "q", "answer": "a"}',
      columns: { prompt: 'question', expected: 'answer' },
      targets: ['endpoint:e1'],
      scorers: [{ type: 'exact-match' }],
      settings: { temperature: 0, maxTokens: 256 },
    });
  });

  it('refuses a file that is too long before it is read', async () => {
    const fake = new FakeBackends()
      .on(
        'GET model-serving/playground/targets',
        targets({ limits: { ...targets().limits, fileBytes: 10 } }),
      )
      .on('GET model-serving/playground/batches', { items: [] });
    await renderServing(<EvaluateRoutes />, {
      backends: fake,
      at: '/models/evaluate/inputs',
    });
    await choose(file('0123456789a'));
    expect(await screen.findByText(/has 11 bytes; at most 10/)).toBeVisible();
    expect(fake.sent('POST model-serving/playground/files/check')).toEqual([]);
  });

  it('saves what a model came to, and attaches it to a request of the same version', async () => {
    const saved = batch();
    saved.targets[0] = { ...saved.targets[0], resultId: 'r1' };
    const attached = batch();
    attached.targets[0] = { ...saved.targets[0], attachedTo: ['a1'] };
    const request = (id: string, modelVersion: string) => ({
      id,
      tier: 'internal',
      purpose: 'support-answers',
      profile: 'customer-care',
      modelVersion,
      state: 'in-review',
    });
    const fake = new FakeBackends()
      .on('GET model-serving/playground/batches/b1', batch())
      .on('GET model-serving/playground/batches/b1/rows', {
        items: [row(), row({ id: 'r2', line: 2, answers: [row().answers[0]] })],
        total: 2,
      })
      .on('POST model-serving/playground/batches/b1/save', () => {
        fake.on('GET model-serving/playground/batches/b1', saved);
        return saved;
      })
      .on('GET model-governance/approvals', {
        items: [request('a0', '0.9'), request('a1', '1.0')],
      })
      .on('POST model-serving/playground/batches/b1/attach', () => {
        fake.on('GET model-serving/playground/batches/b1', attached);
        return attached;
      });
    await renderServing(<EvaluateRoutes />, {
      backends: fake,
      at: '/models/evaluate/inputs/b1',
    });
    const rows = within(await screen.findByRole('table', { name: 'Rows' }));
    expect(rows.getAllByText('Differ')).toHaveLength(1);
    expect(rows.getByText('exact match: no')).toBeVisible();
    expect(screen.getByText('20 % to 94 %')).toBeVisible();
    expect(
      screen.getByText('Running, 1 of 3 rows, 1 without an answer'),
    ).toBeVisible();

    await userEvent.selectOptions(
      screen.getByLabelText('Show'),
      'Where models disagree',
    );
    await waitFor(() =>
      expect(
        within(screen.getByRole('table', { name: 'Rows' })).getAllByRole('row'),
      ).toHaveLength(2),
    );

    await userEvent.click(
      screen.getByRole('button', {
        name: 'Save Writer 1.0 as an evaluation run',
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Save it' }));
    expect(await screen.findByText(/^Saved as an evaluation/)).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Attach Writer 1.0 to a request' }),
    );
    const dialog = within(screen.getByRole('dialog'));
    const choice = await dialog.findByLabelText(/^Your request/);
    expect(
      within(choice).getByRole('option', { name: /version 0\.9/ }),
    ).toBeDisabled();
    await userEvent.selectOptions(choice, 'a1');
    await userEvent.click(dialog.getByRole('button', { name: 'Attach it' }));
    expect(await screen.findByText(/^Attached to/)).toBeVisible();
    expect(
      fake.sent('POST model-serving/playground/batches/b1/attach')[0].body,
    ).toEqual({ target: 0, approvalId: 'a1' });
  });
});

describe('rows', () => {
  const [right, wrong] = row().answers;

  it('disagree by scores where all have them, else by words', () => {
    expect(disagrees(row())).toBe(true);
    expect(
      disagrees(row({ answers: [right, { ...right, text: 'other' }] })),
    ).toBe(false);
    const bare = (text: string) => ({ ...right, scores: {}, text });
    expect(disagrees(row({ answers: [bare('A  b'), bare('a b ')] }))).toBe(
      false,
    );
    expect(disagrees(row({ answers: [bare('a'), bare('b')] }))).toBe(true);
    expect(
      disagrees(row({ answers: [right, { ...wrong, state: 'failed' }] })),
    ).toBe(false);
    expect(isWrong(row({ answers: [right] }))).toBe(false);
  });

  it('that fit are looked for on later pages too', async () => {
    const asked: Array<string | undefined> = [];
    const page = await readRows('wrong', undefined, async cursor => {
      asked.push(cursor);
      const at = Number(cursor ?? 0);
      return {
        items: at === 2 ? [row()] : [row({ answers: [right] })],
        total: 4,
        nextCursor: at < 3 ? String(at + 1) : undefined,
      };
    });
    expect(asked).toEqual([undefined, '1', '2', '3']);
    expect(page.items).toHaveLength(1);
    expect(page.nextCursor).toBeUndefined();
  });
});

describe('a file', () => {
  it('has one column for the prompt and none for two things', () => {
    expect(columnsProblem({})).toContain('prompts');
    expect(columnsProblem({ prompt: 'a', expected: 'a' })).toContain(
      'one thing',
    );
    expect(
      columnsProblem(
        withColumn({ prompt: 'a', expected: 'a' }, 'expected', ''),
      ),
    ).toBeUndefined();
  });

  it('is judged with what was typed for a scorer', () => {
    expect(
      scorerChoices(['json-schema', 'regex', 'exact-match'], {
        'json-schema': '{"type":"object"}',
        regex: ' ',
      }),
    ).toEqual([
      { type: 'json-schema', params: { schema: { type: 'object' } } },
      { type: 'regex' },
      { type: 'exact-match' },
    ]);
  });
});

it('writes figures in their units', () => {
  expect(amountText(0.825, 'ratio')).toBe('82.5 %');
  expect(amountText(0.0012, 'EUR')).toBe('€0.0012');
  expect(differenceText(-0.04, 'ratio')).toBe('4 points worse');
  expect(differenceText(0, 'ms')).toBe('the same');
  expect(progressText({ done: 1, total: 1, failed: 0, retries: 2 })).toBe(
    '1 of 1 row, 2 retries',
  );
  expect(
    metricRows([
      ...batch().targets,
      { ...batch().targets[0], place: 2, target: target() },
    ]).map(({ values }) => [...values.keys()]),
  ).toEqual([[0, 2]]);
});
