export { brokenOnnxReader, onnxReader, ortReader } from './onnxReader';
