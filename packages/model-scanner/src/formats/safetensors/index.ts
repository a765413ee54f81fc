export {
  beginsSafetensors,
  brokenSafetensorsReader,
  safetensorsReader,
} from './safetensorsReader';
