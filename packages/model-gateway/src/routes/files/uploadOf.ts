import { randomBytes } from 'node:crypto';
import { ApiError } from '../../http/ApiError';
import {
  FormPart,
  parseForm,
  textOf,
  writeForm,
} from '../../http/parseMultipart';
import { CallHandle, CallStage, beginStages, endHandles } from '../../pipeline';
import { CallState } from '../../pipeline/CallState';
import type { Candidate, Router } from '../../routing/Router';
import type { Provider } from '../../upstream/Providers';
import { BatchLine, readBatchFile } from './readBatchFile';

/** A batch file as its provider gets it. */
export interface Upload {
  provider: Provider;
  models: string[];
  contentType: string;
  body: Buffer;
}

interface Circumstances {
  state: CallState;
  router: Router;
  stages: readonly CallStage[];
  onStageError: (error: unknown) => void;
}

/** More models than this do not fit into the id of the file. */
const MOST_MODELS = 20;

/**
 * Decides each request of a batch file, lets the stages see it, and writes the
 * file anew with the names of the one provider that it goes to.
 *
 * @throws ApiError 400, 403
 */
export async function uploadOf(
  raw: Buffer,
  contentType: string,
  circumstances: Circumstances,
): Promise<Upload> {
  const parts = await parseForm(raw, contentType);
  const file = onlyFile(parts);
  const lines: string[] = [];
  const candidates = new Map<string, Candidate>();
  for (const line of readBatchFile(file.value)) {
    let candidate = candidates.get(line.model);
    if (!candidate) {
      candidate = await choose(line.model, circumstances, candidates);
      candidates.set(line.model, candidate);
    }
    const body = await throughStages(line, candidate, circumstances);
    lines.push(
      JSON.stringify({
        ...line.fields,
        body: { ...body, model: candidate.model },
      }),
    );
  }
  const boundary = `modelhub-${randomBytes(18).toString('hex')}`;
  const value = Buffer.from(`${lines.join('\n')}\n`);
  return {
    provider: [...candidates.values()][0].provider,
    models: [...candidates.keys()],
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: writeForm(
      parts.map(part => (part === file ? { ...part, value } : part)),
      boundary,
    ),
  };
}

function onlyFile(parts: FormPart[]): FormPart {
  const files = parts.filter(({ filename }) => filename !== undefined);
  const purposes = parts.filter(({ name }) => name === 'purpose');
  if (purposes.length !== 1 || textOf(purposes[0]) !== 'batch') {
    throw new ApiError(
      400,
      'unsupported_purpose',
      "This gateway takes files of purpose 'batch' only.",
      { param: 'purpose' },
    );
  }
  if (files.length !== 1 || files[0].name !== 'file') {
    throw new ApiError(400, 'invalid_request', "Send one 'file'.", {
      param: 'file',
    });
  }
  return files[0];
}

/** A batch is run by one provider, so all its models must be there. */
async function choose(
  model: string,
  { router, state }: Circumstances,
  others: ReadonlyMap<string, Candidate>,
): Promise<Candidate> {
  if (others.size >= MOST_MODELS) {
    throw new ApiError(
      400,
      'invalid_batch_file',
      `A batch may call ${MOST_MODELS} models at most.`,
      { param: 'file' },
    );
  }
  const candidates = await router.candidates(state.caller, model, state.trace);
  const [other] = others.values();
  const candidate = other
    ? candidates.find(({ provider }) => provider === other.provider)
    : candidates[0];
  if (!candidate) {
    throw new ApiError(
      400,
      'mixed_providers',
      `Model '${model}' does not run at provider '${other?.provider.name}' like those before it. Make a batch for each provider.`,
      { param: 'file' },
    );
  }
  return candidate;
}

/** Every request is a call to the stages, which may refuse or change it. */
async function throughStages(
  line: BatchLine,
  candidate: Candidate,
  { state, stages, onStageError }: Circumstances,
): Promise<Record<string, unknown>> {
  const call = new CallState({ ...state, route: 'batches' });
  call.model = line.model;
  call.body = line.body;
  call.raw = Buffer.from(JSON.stringify(line.body));
  call.promptBytes = call.raw.length;
  call.admission = candidate.admission;
  const handles: CallHandle[] = [];
  try {
    await beginStages(stages, call, handles);
    return handles.reduce(
      (body, handle) => handle.request?.(body) ?? body,
      line.body,
    );
  } finally {
    endHandles(
      handles,
      {
        status: 202,
        latencyMs: performance.now() - call.startedAt,
        responseBytes: 0,
        clientGone: false,
        attempts: 0,
        shortcut: false,
        provider: candidate.provider.name,
        providerModel: candidate.model,
        admission: candidate.admission,
      },
      onStageError,
    );
  }
}
