import { mockServices } from '@backstage/backend-test-utils';
import { createOutboxHandlers } from './createOutboxHandlers';

function setup() {
  const calls: unknown[] = [];
  const events = mockServices.events.mock();
  const handlers = createOutboxHandlers({
    notifications: {
      send: async options => {
        calls.push(options);
      },
    },
    signals: {
      publish: async signal => {
        calls.push(signal);
      },
    },
    events,
    wakeGates: () => calls.push('gates'),
    wakeAllowlist: () => calls.push('allowlist'),
  });
  return { calls, events, handlers };
}

it('sends notifications that replace their own second delivery', async () => {
  const { calls, handlers } = setup();
  const payload = {
    recipients: ['user:default/ann'],
    title: 'Please decide',
    excludeRef: 'user:default/bob',
  };
  await handlers.notification(payload, { id: 7 });
  await handlers.notification({ ...payload, scope: 'mine' }, { id: 8 });
  await handlers.notification({ ...payload, recipients: [] }, { id: 9 });
  expect(calls).toEqual([
    {
      recipients: {
        type: 'entity',
        entityRef: ['user:default/ann'],
        excludeEntityRef: 'user:default/bob',
      },
      payload: expect.objectContaining({
        title: 'Please decide',
        severity: 'normal',
        scope: 'model-governance:7',
      }),
    },
    expect.objectContaining({
      payload: expect.objectContaining({ scope: 'mine' }),
    }),
  ]);
});

it('broadcasts that something changed and not what, publishes events and wakes the other rooms', async () => {
  const { calls, events, handlers } = setup();
  await handlers.signal(
    {
      type: 'approval.changed',
      approvalId: 'a1',
      entityRef: 'model:meta/llama',
    },
    { id: 1 },
  );
  await handlers.event({ type: 'approval.approved', seq: 3 }, { id: 2 });
  await handlers.gates({ approvalId: 'x' }, { id: 3 });
  await handlers.allowlist({ seq: 3 }, { id: 4 });
  expect(calls).toEqual([
    {
      recipients: { type: 'broadcast' },
      channel: 'model-governance',
      message: { type: 'changed' },
    },
    'gates',
    'allowlist',
  ]);
  expect(events.publish).toHaveBeenCalledWith({
    topic: 'model-governance',
    eventPayload: { type: 'approval.approved', seq: 3 },
    metadata: { messageId: '2' },
  });
});
