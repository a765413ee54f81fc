import type { ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Target } from './Providers';
import { NamedModels } from './NamedModels';
import { statusError, upstreamError } from './upstreamError';
import { ApiError } from '../http/ApiError';

/** Only this much of a plain answer is searched for the model that it names. */
const SEARCHED_BYTES = 1024 * 1024;

/** What a provider's answer showed. */
export interface Forwarded {
  status: number;
  /** The models that the answer names: more than one when a stream changes its mind. */
  models: string[];
  error?: string;
}

/**
 * Sends a call to its provider and the answer to the caller, chunk by chunk and
 * no faster than the caller reads. A caller who goes away ends the call.
 *
 * @param options - `headersFor` gives the headers of the answer, once the model
 * that the answer names is known
 * @throws ApiError when nothing was sent to the caller yet
 */
export async function forward(options: {
  target: Target;
  path: string;
  body: Record<string, unknown>;
  res: ServerResponse;
  headersFor: (model: string | undefined) => Record<string, string>;
}): Promise<Forwarded> {
  const { target, res } = options;
  const { provider } = target;
  const gone = new AbortController();
  const onClose = () => gone.abort();
  const named = new NamedModels();
  const ended = (status: number, error?: string): Forwarded => ({
    status,
    models: named.names,
    error,
  });
  res.once('close', onClose);
  try {
    const answer = await send(options, gone.signal);
    const retryAfter = headerOf(answer, 'retry-after');
    const refusal = statusError(provider.name, answer.statusCode, retryAfter);
    if (refusal) {
      await answer.body.dump({ limit: SEARCHED_BYTES });
      throw refusal;
    }
    await relay(answer, named, options);
    return ended(answer.statusCode);
  } catch (error) {
    if (error instanceof ApiError) {
      throw error;
    }
    if (gone.signal.aborted) {
      return ended(499, 'client_gone');
    }
    const failure = upstreamError(provider.name, error);
    if (!res.headersSent) {
      throw failure;
    }
    breakOff(res, failure);
    return ended(res.statusCode, failure.code);
  } finally {
    res.off('close', onClose);
  }
}

function send(
  { target, path, body }: Parameters<typeof forward>[0],
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  const { provider, model } = target;
  return provider.pool.request({
    method: 'POST',
    path: `${provider.basePath}${path}`,
    signal,
    // Nothing that the caller sent as a header goes on.
    headers: {
      'content-type': 'application/json',
      accept: body.stream === true ? 'text/event-stream' : 'application/json',
      'user-agent': 'modelhub-gateway',
      ...(provider.apiKey && { authorization: `Bearer ${provider.apiKey}` }),
    },
    body: JSON.stringify({ ...body, model }),
  });
}

async function relay(
  answer: Dispatcher.ResponseData,
  named: NamedModels,
  { res, headersFor }: Parameters<typeof forward>[0],
): Promise<void> {
  const type = headerOf(answer, 'content-type') ?? 'application/json';
  const streams = type.startsWith('text/event-stream');
  // A plain answer is held back while it may still name its model; of a
  // stream, only the first chunk.
  const held: Buffer[] = [];
  let heldBytes = 0;
  const begin = (whole: boolean) => {
    if (!streams) {
      named.readJson(Buffer.concat(held).toString());
    }
    res.writeHead(answer.statusCode, {
      'content-type': type,
      ...copied(answer, ['content-encoding', 'retry-after']),
      ...(streams && {
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      }),
      ...(whole && { 'content-length': String(heldBytes) }),
      ...headersFor(named.names[0]),
    });
  };
  for await (const chunk of answer.body) {
    if (streams) {
      named.readEvents(chunk);
    }
    if (!res.headersSent) {
      held.push(chunk);
      heldBytes += chunk.length;
      if (!streams && heldBytes <= SEARCHED_BYTES) {
        continue;
      }
      begin(false);
      await write(res, Buffer.concat(held));
    } else {
      await write(res, chunk);
    }
  }
  named.end();
  if (!res.headersSent) {
    begin(true);
    res.end(Buffer.concat(held));
  } else {
    res.end();
  }
}

function write(res: ServerResponse, chunk: Buffer): Promise<void> | undefined {
  if (res.write(chunk) || res.destroyed) {
    return undefined;
  }
  return new Promise(resolve => {
    const go = () => {
      res.off('drain', go);
      res.off('close', go);
      resolve();
    };
    res.on('drain', go);
    res.on('close', go);
  });
}

/** Tells a caller in the middle of an answer that the rest will not come. */
function breakOff(res: ServerResponse, failure: ApiError): void {
  const type = String(res.getHeader('content-type') ?? '');
  if (type.startsWith('text/event-stream') && !res.destroyed) {
    res.end(`\n\ndata: ${failure.body()}\n\n`);
  } else {
    res.destroy();
  }
}

function headerOf(answer: Dispatcher.ResponseData, name: string) {
  const value = answer.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function copied(answer: Dispatcher.ResponseData, names: string[]) {
  const headers: Record<string, string> = {};
  for (const name of names) {
    const value = headerOf(answer, name);
    if (value !== undefined) {
      headers[name] = value;
    }
  }
  return headers;
}
