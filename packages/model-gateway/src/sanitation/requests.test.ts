import { aCall, handleOf, outcomeOf } from '../__testUtils__/aCall';
import { begin, chat } from './__testUtils__/begin';
import { GITHUB } from './__testUtils__/samples';
import { createSanitationStage } from './createSanitationStage';

describe('a request', () => {
  it('costs nothing where nothing is asked', () => {
    expect(
      createSanitationStage().begin?.(aCall({}, { body: chat(GITHUB) })),
    ).toBeUndefined();
  });

  it('is masked, and counted by kind', () => {
    const { begun, reports, sent, context } = begin(
      { requests: { secrets: 'redact', 'personal-data': 'redact' } },
      chat(`${GITHUB} and ${GITHUB} of a@example.com`),
    );
    const handle = handleOf(begun());
    const masked = chat(
      '[redacted github] and [redacted github] of [redacted email]',
    );
    expect(handle.request?.(context.body!)).toEqual(masked);
    expect(sent.of(context)).toEqual(masked);
    expect(handle.headers?.()).toEqual({
      'x-modelhub-sanitation': 'secrets/github=2, personal-data/email=1',
    });
    handle.end?.(outcomeOf());
    expect(reports).toEqual([
      {
        direction: 'request',
        kind: 'secrets',
        type: 'github',
        action: 'redact',
        count: 2,
      },
      {
        direction: 'request',
        kind: 'personal-data',
        type: 'email',
        action: 'redact',
        count: 1,
      },
    ]);
    expect(JSON.stringify(reports)).not.toContain('ghp_');
    // Another stage may have changed the body before.
    expect(handle.request?.({ ...context.body, seed: 1 })).toEqual({
      ...masked,
      seed: 1,
    });
  });

  it('passes as it is where it is only reported', () => {
    const { begun, reports, context, sent } = begin(
      { requests: { 'personal-data': 'report' } },
      chat(`a@example.com ${GITHUB}`),
    );
    const handle = handleOf(begun());
    expect(handle.request).toBeUndefined();
    expect(sent.of(context)).toBe(context.body);
    handle.end?.(outcomeOf());
    expect(reports).toMatchObject([{ type: 'email', count: 1 }]);
  });

  it('is refused, without a word of what was found', () => {
    const { begun, reports } = begin(
      { requests: { secrets: 'refuse', 'personal-data': 'redact' } },
      chat(`a@example.com ${GITHUB}`),
    );
    let message = '';
    try {
      begun();
    } catch (error) {
      message = `${(error as { status: number }).status} ${
        (error as Error).message
      }`;
    }
    expect(message).toMatch(/^403 .*'github'/);
    expect(message).not.toContain('ghp_');
    expect(reports).toMatchObject([
      { type: 'email' },
      { type: 'github', action: 'refuse' },
    ]);
  });

  it('is left alone when it is no JSON', () => {
    expect(
      handleOf(begin({ requests: { secrets: 'refuse' } }).begun()).request,
    ).toBeUndefined();
  });
});
