export { pickleReader, oldPickleReader } from './pickle';
export { zipReader } from './zip';
export { compressedReaders, unreadReaders } from './compressed';
export { numpyReader } from './numpy';
export { tarReader } from './tar';
export { brokenSafetensorsReader, safetensorsReader } from './safetensors';
export { brokenGgufReader, ggufReader, oldGgmlReader } from './gguf';
export { jsonReader, yamlReader } from './config';
export { hdf5Reader } from './keras';
export { bytecodeReader, pythonReader } from './python';
export {
  checkpointIndexReader,
  graphTextReader,
  namedGraphReader,
  savedModelReader,
  sentencePieceReader,
  tfliteReader,
} from './savedmodel';
export {
  executableReaders,
  markupReader,
  mediaReaders,
  messagePackReader,
  opaqueReader,
  pdfReader,
  pngReader,
  pointerReader,
  scriptReader,
  templateReader,
  textReader,
} from './text';
export { brokenOnnxReader, onnxReader, ortReader } from './onnx';
