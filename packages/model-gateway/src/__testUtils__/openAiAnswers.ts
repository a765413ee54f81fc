import type { ServerResponse } from 'node:http';
import { Received, sendEvents, sendJson } from './ScriptedProvider';

const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const WORDS = ['Hello', ' there'];

/** Answers each route of the OpenAI API in the shape that its client reads. */
export function answerAsOpenAi(
  { path, json }: Received,
  res: ServerResponse,
): void {
  const model = json?.model;
  const streams = json?.stream === true;
  switch (path) {
    case '/v1/chat/completions':
      if (streams) {
        sendEvents(res, [
          ...WORDS.map(content => chunk(model, { role: 'assistant', content })),
          chunk(model, {}, 'stop'),
          ...(json.stream_options?.include_usage
            ? [{ ...chunk(model, {}), choices: [], usage }]
            : []),
          '[DONE]',
        ]);
      } else {
        sendJson(res, {
          id: 'c-1',
          object: 'chat.completion',
          created: 1,
          model,
          choices: [
            {
              index: 0,
              message: { role: 'assistant', content: WORDS.join('') },
              finish_reason: 'stop',
            },
          ],
          usage,
        });
      }
      break;
    case '/v1/completions': {
      const base = { id: 't-1', object: 'text_completion', created: 1, model };
      const choice = (text: string) => ({
        index: 0,
        text,
        finish_reason: 'stop',
      });
      if (streams) {
        sendEvents(res, [
          ...WORDS.map(text => ({ ...base, choices: [choice(text)] })),
          '[DONE]',
        ]);
      } else {
        sendJson(res, { ...base, choices: [choice(WORDS.join(''))], usage });
      }
      break;
    }
    case '/v1/responses': {
      const response = {
        id: 'r-1',
        object: 'response',
        model,
        status: 'completed',
        output: [
          {
            id: 'm-1',
            type: 'message',
            role: 'assistant',
            content: [{ type: 'output_text', text: WORDS.join('') }],
          },
        ],
        usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5 },
      };
      if (streams) {
        sendEvents(res, [
          ...WORDS.map(delta => ({
            type: 'response.output_text.delta',
            item_id: 'm-1',
            delta,
          })),
          { type: 'response.completed', response },
        ]);
      } else {
        sendJson(res, response);
      }
      break;
    }
    case '/v1/embeddings':
      sendJson(res, {
        object: 'list',
        model,
        data: [{ object: 'embedding', index: 0, embedding: [0.5, -1] }],
        usage,
      });
      break;
    case '/v1/moderations':
      sendJson(res, { id: 'o-1', model, results: [{ flagged: true }] });
      break;
    case '/v1/images/generations':
    case '/v1/images/edits':
    case '/v1/images/variations':
      sendJson(res, { created: 1, data: [{ b64_json: 'aGk=' }] });
      break;
    case '/v1/audio/transcriptions':
    case '/v1/audio/translations':
      sendJson(res, { text: WORDS.join('') });
      break;
    case '/v1/audio/speech':
      res.writeHead(200, { 'content-type': 'audio/mpeg' });
      res.end(Buffer.from([0xff, 0xf3, 0x00, 0x80]));
      break;
    default:
      sendJson(res, { error: { message: `No route ${path}` } }, 404);
  }
}

function chunk(model: string, delta: object, finish?: string) {
  return {
    id: 'c-1',
    object: 'chat.completion.chunk',
    created: 1,
    model,
    choices: [{ index: 0, delta, finish_reason: finish }],
  };
}
