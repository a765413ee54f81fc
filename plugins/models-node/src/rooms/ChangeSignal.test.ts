import { mockServices } from '@backstage/backend-test-utils';
import type { SignalPayload } from '@backstage/plugin-signals-node';
import { ChangeSignal } from './ChangeSignal';

describe('the signal that something changed', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const start = (publish: () => Promise<void> = async () => {}) => {
    const sent: SignalPayload[] = [];
    const logger = mockServices.logger.mock();
    const signal = ChangeSignal.create({
      logger,
      channel: 'model-usage',
      signals: {
        publish: async payload => {
          sent.push(payload as SignalPayload);
          await publish();
        },
      },
    });
    return { signal, sent, logger };
  };

  it('goes out at once, says nothing, and at most every two seconds', () => {
    const { signal, sent } = start();
    for (let n = 0; n < 10; n++) signal.changed();
    expect(sent).toEqual([
      {
        recipients: { type: 'broadcast' },
        channel: 'model-usage',
        message: { type: 'changed' },
      },
    ]);
    jest.advanceTimersByTime(2_000);
    expect(sent).toHaveLength(2);
    jest.advanceTimersByTime(60_000);
    expect(sent).toHaveLength(2);
    signal.changed();
    expect(sent).toHaveLength(3);
  });

  it('does not trouble whoever reports when it cannot go out', async () => {
    const { signal, logger } = start(async () => {
      throw new Error('no bus');
    });
    signal.changed();
    await Promise.resolve();
    await Promise.resolve();
    expect(logger.warn).toHaveBeenCalledWith(expect.stringContaining('no bus'));
  });
});
