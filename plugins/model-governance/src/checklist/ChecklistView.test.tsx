import type { ChecklistItem } from '@modelhub/backstage-plugin-models-common';
import { screen, within } from '@testing-library/react';
import { FakeBackend } from '../__testUtils__/FakeBackend';
import { checklist } from '../__testUtils__/fixtures';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { ChecklistView } from './ChecklistView';
import { countsText, estimateText, lookOf } from './checklistText';

const item = (more: Partial<ChecklistItem> = {}): ChecklistItem => ({
  id: 'gate:licence',
  group: 'checks',
  title: 'Licence',
  required: true,
  state: 'itself',
  ...more,
});

const show = (items: ChecklistItem[], more = {}) =>
  renderGovernance(
    <ChecklistView
      checklist={checklist({ items, ...more })}
      label="Checklist"
    />,
    { backend: new FakeBackend() },
  );

it.each([
  [{ state: 'done' }, 'Done'],
  [{ state: 'waived' }, 'Waived'],
  [{ state: 'running' }, 'Running'],
  [{ state: 'itself' }, 'Runs by itself'],
  [{ state: 'itself', source: 'foreseen' }, 'Would pass now'],
  [{ state: 'failing' }, 'Does not pass'],
  [{ state: 'failing', source: 'foreseen' }, 'Would not pass'],
  [{ state: 'owed' }, 'Somebody owes it'],
  [
    {
      state: 'owed',
      owes: { party: 'owner', people: [], groups: [], you: true },
    },
    'Waits for you',
  ],
  [{ state: 'not-applicable' }, 'Does not apply'],
  [{ state: 'unknown' }, 'Not known'],
] as Array<[Partial<ChecklistItem>, string]>)('%j is “%s”', (more, label) => {
  expect(lookOf(item(more)).label).toBe(label);
});

it('says who owes what, how to get it, and links where it is done', async () => {
  await show([
    item({
      state: 'failing',
      summary: 'The licence forbids commercial use.',
      source: 'known',
      owes: {
        party: 'owner',
        people: [],
        groups: ['group:default/ml-platform'],
        you: true,
      },
      howTo: ['Name the licence.', 'Ask legal.'],
      actions: [
        { kind: 'edit-model', href: 'https://git.example.com/edit' },
        { kind: 'send-evidence', approvalId: 'a1' },
        // Nothing can be sent to a request that is not there.
        { kind: 'send-evidence' },
      ],
    }),
    item({
      id: 'passkey:security',
      group: 'people',
      title: 'A passkey for those who sign as security',
      state: 'owed',
      actions: [{ kind: 'enrol-passkey' }],
    }),
  ]);
  const checks = screen.getByRole('region', { name: 'Checklist: Checks' });
  expect(within(checks).getByText('Does not pass')).toBeVisible();
  expect(
    within(checks).getByText(/same question was answered before/),
  ).toBeVisible();
  expect(within(checks).getByText(/that is you/)).toBeVisible();
  expect(
    within(
      within(checks).getByRole('list', { name: 'How to get Licence' }),
    ).getAllByRole('listitem'),
  ).toHaveLength(2);
  expect(
    within(checks).getByRole('link', { name: /Edit the model/ }),
  ).toHaveAttribute('href', 'https://git.example.com/edit');
  expect(
    within(checks).getAllByRole('link', { name: 'Send evidence' }),
  ).toHaveLength(1);
  const people = screen.getByRole('region', { name: 'Checklist: People' });
  expect(
    within(people).getByRole('link', { name: 'Enrol a passkey' }),
  ).toHaveAttribute('href', '/governance/passkeys');
});

it('says who waived a check and until when', async () => {
  await show([
    item({
      state: 'waived',
      doneBy: ['user:default/ines'],
      waivedUntil: '2099-12-31T12:00:00.000Z',
      summary: 'It is wrong here.',
    }),
  ]);
  expect(screen.getByText(/until 31 December 2099/)).toHaveTextContent(
    /Waived by ines/,
  );
  expect(screen.getByText('It is wrong here.')).toBeVisible();
});

it('says so where nobody has to sign', async () => {
  await show([item()], { expiresAfterDays: 30 });
  expect(screen.getByText(/Nobody has to sign/)).toBeVisible();
  expect(screen.getByText(/Lasts 30 days/)).toBeVisible();
});

it.each([
  [
    { total: 0, done: 0, itself: 0, owed: 0, failing: 0 },
    'Nothing is asked for',
  ],
  [
    { total: 5, done: 2, itself: 1, owed: 1, failing: 1 },
    '2 of 5 done, 1 does not pass, 1 runs by itself, 1 waits for somebody',
  ],
  [
    { total: 6, done: 0, itself: 2, owed: 2, failing: 2 },
    '0 of 6 done, 2 do not pass, 2 run by themselves, 2 wait for somebody',
  ],
])('counts %j', (counts, text) => {
  expect(countsText({ counts })).toBe(text);
});

it.each([
  [
    { medianHours: 0.005, requests: 7, like: 'tier' as const },
    'Usually takes a few seconds (the last 7 requests for this tier)',
  ],
  [
    {
      medianHours: 26.4,
      slowestTenthHours: 100,
      requests: 12,
      like: 'purpose' as const,
    },
    'Usually takes 26 hours, one in ten at least 4 days (the last 12 requests for this tier and purpose)',
  ],
  [
    {
      medianHours: 0.5,
      slowestTenthHours: 0.501,
      requests: 5,
      like: 'tier' as const,
    },
    'Usually takes 30 minutes (the last 5 requests for this tier)',
  ],
])('estimates %j', (estimate, text) => {
  expect(estimateText(estimate)).toBe(text);
});
