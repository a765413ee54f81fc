export { beginStages, endHandles, enterStages } from './runStages';
export type {
  Admission,
  AnswerTransform,
  CallContext,
  CallEntry,
  CallHandle,
  CallOutcome,
  CallRefusal,
  CallStage,
  CallTarget,
  Caller,
  EventTransform,
  FileReader,
  RouteName,
  TokenUsage,
} from './types';
