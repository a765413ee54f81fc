export {
  checkpointIndexReader,
  graphTextReader,
  namedGraphReader,
  savedModelReader,
} from './savedModelReaders';
export { tfliteReader } from './tfliteReader';
export { sentencePieceReader } from './tokenizerModels';
