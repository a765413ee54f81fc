import { noticeGroups } from './NoticeGroups';
import type { AlertNotice } from './ObjectiveNotices';

const OWNERS: Record<string, string[]> = {
  'northstar/large': ['group:default/desk'],
  'northstar/small': ['group:default/desk'],
  'northstar/own': ['group:default/care'],
  'lumen/pro': ['group:default/desk'],
};

function notice(
  model: string,
  fields: Partial<AlertNotice['episode']> & {
    type?: AlertNotice['type'];
    notify?: string[];
  } = {},
): AlertNotice {
  const { type = 'objective.alert', notify = [], ...episode } = fields;
  return {
    type,
    objective: {
      id: `o-${model}`,
      plane: model ? 'data' : 'control',
      kind: model ? 'availability' : 'snapshot-age',
      model,
      modelVersion: '',
      targetPpm: 999_000,
      limitMs: 0,
      windowDays: 28,
      notify,
    } as unknown as AlertNotice['objective'],
    episode: {
      id: `e-${model}`,
      objectiveId: `o-${model}`,
      severity: 'page',
      rule: 'fast',
      openedAt: '2026-11-22T08:00:00.000Z',
      burntAt: '2026-11-22T08:40:00.000Z',
      peakBurn: 200,
      budgetLeft: 0.5,
      told: true,
      ...episode,
    },
  };
}

const groupsOf = (...notices: AlertNotice[]) =>
  noticeGroups(new Map(notices.map((it, n) => [n, it])), {
    access: {
      known: async models =>
        new Map(
          models.flatMap(model =>
            OWNERS[model]
              ? [[model, { title: model, owners: OWNERS[model] }]]
              : [],
          ),
        ) as never,
    },
    notify: ['group:default/admins'],
  });

it('tells of one outage once to each owner, and of its end in its place', async () => {
  const outage = [
    notice('northstar/large'),
    notice('northstar/small', { peakBurn: 30 }),
    notice('northstar/own'),
  ];
  const groups = await groupsOf(...outage);
  expect(groups.map(it => [it.recipients, it.members])).toEqual([
    [['group:default/desk'], [0, 1]],
    [['group:default/care'], [2]],
  ]);
  expect(groups[0].payload).toMatchObject({
    title:
      'The error budgets of 2 models of northstar burn, up to 200 times as fast as they may',
    description:
      'Availability of northstar/large (200 times), Availability of northstar/small (30 times). They began to burn together, so look for one cause first, now.',
    link: '/model-usage/objectives?state=burning',
    severity: 'critical',
  });
  expect(groups[1].payload).toMatchObject({
    link: '/model-usage/objectives/o-northstar/own',
    scope: 'model-usage:e-northstar/own',
  });

  const [over] = await groupsOf(
    ...outage
      .map(it => ({ ...it, type: 'objective.recovered' as const }))
      .reverse(),
  ).then(some => some.filter(it => it.members.length > 1));
  expect(over.payload).toMatchObject({
    title: 'The error budgets of 2 models of northstar no longer burn',
    severity: 'normal',
    scope: groups[0].payload.scope,
  });
});

it('keeps apart what is for others, of another kind, or less urgent', async () => {
  const groups = await groupsOf(
    notice('northstar/large'),
    notice('northstar/small', { severity: 'ticket' }),
    notice('lumen/pro', { notify: ['group:default/on-call'] }),
    notice('northstar/large', { type: 'objective.recovered' }),
    notice(''),
    notice('gone/model'),
  );
  expect(groups.map(it => it.members)).toEqual([[0], [1], [2], [3], [4]]);
  expect(groups[4].recipients).toEqual(['group:default/admins']);
});

it('names a few of many', async () => {
  const [{ payload }] = await groupsOf(
    ...Array.from({ length: 9 }, (_, n) =>
      notice(n % 2 ? 'lumen/pro' : 'northstar/large', { id: `e${n}` }),
    ),
  );
  expect(payload.title).toMatch(/^The error budgets of 2 models burn/);
  expect(payload.description).toMatch(/ and 3 more\. They began/);
});
