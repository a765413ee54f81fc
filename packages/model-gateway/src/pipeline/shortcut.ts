import { answerHeaders } from '../http/answerHeaders';
import { EventRewriter } from '../upstream/EventRewriter';
import { addStageHeaders, type CallJob, transformsOf } from './CallPipeline';
import type { CallHandle } from './types';

/** Answers without a provider; the stages before the shortcut see the answer. */
export function answerShortcut(
  { state, sink }: CallJob,
  handles: readonly CallHandle[],
  { status, headers, body }: NonNullable<CallHandle['shortcut']>,
): void {
  const { 'content-type': type = 'application/json', ...others } = headers;
  const transforms = transformsOf(handles.slice(0, -1));
  let changed = body;
  if (transforms.length > 0 && type.startsWith('text/event-stream')) {
    const rewriter = new EventRewriter(
      transforms.flatMap(it => it.events?.() ?? []),
    );
    changed = Buffer.from(rewriter.write(body) + rewriter.end());
  } else if (transforms.length > 0) {
    const answer = transforms.reduce(
      (value, it) => it.json?.(value) ?? value,
      JSON.parse(body.toString()),
    );
    changed = Buffer.from(JSON.stringify(answer));
  }
  const all = [
    ...Object.entries(others).flat(),
    ...answerHeaders(state.admission, state.caller.mode),
  ];
  addStageHeaders(all, handles);
  sink.send(status, type, all, changed);
}
