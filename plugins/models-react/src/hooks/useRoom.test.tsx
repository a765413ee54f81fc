import { createApiRef } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { TestApiProvider } from '@backstage/test-utils';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { useRoomQuery } from './useRoom';

type Room = { ask: (question: string) => Promise<string> };
const roomApiRef = createApiRef<Room>({ id: 'test.room' });

const refusal = async (status: number, body?: object) => {
  throw await ResponseError.fromResponse(
    new Response(body ? JSON.stringify(body) : '', {
      status,
      headers: { 'content-type': body ? 'application/json' : 'text/plain' },
    }),
  );
};

const notFound = {
  error: { name: 'NotFoundError', message: 'No such model' },
  response: { statusCode: 404 },
};

function renderRoom(room?: Room, question = 'one') {
  return renderHook(
    (props: { question: string }) =>
      useRoomQuery(roomApiRef, api => api.ask(props.question), [
        props.question,
      ]),
    {
      initialProps: { question },
      wrapper: ({ children }: PropsWithChildren<{}>) => (
        <TestApiProvider
          apis={[...(room ? [[roomApiRef, room] as const] : [])]}
        >
          {children}
        </TestApiProvider>
      ),
    },
  );
}

describe('useRoomQuery', () => {
  it('is absent where the frontend of the room is not installed', () => {
    expect(renderRoom().result.current.status).toBe('absent');
  });

  it.each([
    ['absent', 404, undefined],
    ['error', 404, notFound],
    ['forbidden', 403, { error: { name: 'NotAllowedError', message: 'No' } }],
    ['error', 503, { error: { name: 'ServiceUnavailableError', message: '' } }],
  ])('is %s after %s %j', async (status, code, body) => {
    const { result } = renderRoom({
      ask: async () => refusal(code, body && { ...notFound, ...body }) as never,
    });
    await waitFor(() => expect(result.current.status).toBe(status));
  });

  it('keeps the last value while a new one is on its way', async () => {
    let answer: (value: string) => void = () => {};
    const ask = (question: string) =>
      question === 'one'
        ? Promise.resolve('first')
        : new Promise<string>(resolve => {
            answer = resolve;
          });
    const { result, rerender } = renderRoom({ ask });
    await waitFor(() => expect(result.current.value).toBe('first'));

    rerender({ question: 'two' });
    expect(result.current).toMatchObject({ status: 'loading', value: 'first' });
    await act(async () => answer('second'));
    expect(result.current).toMatchObject({ status: 'ready', value: 'second' });
  });

  it('never lets an older answer overtake a newer one', async () => {
    const answers: Record<string, (value: string) => void> = {};
    const ask = (question: string) =>
      new Promise<string>(resolve => {
        answers[question] = resolve;
      });
    const { result, rerender } = renderRoom({ ask });
    rerender({ question: 'two' });
    await act(async () => answers.two('second'));
    await act(async () => answers.one('first'));
    expect(result.current.value).toBe('second');
  });

  it('asks again on retry', async () => {
    let calls = 0;
    const { result } = renderRoom({
      ask: async () => {
        calls += 1;
        return calls === 1 ? (refusal(503, notFound) as never) : 'there';
      },
    });
    await waitFor(() => expect(result.current.status).toBe('error'));
    act(() => result.current.retry());
    await waitFor(() => expect(result.current.value).toBe('there'));
  });
});
