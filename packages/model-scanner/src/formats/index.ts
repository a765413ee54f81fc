export { pickleReader, oldPickleReader } from './pickle';
export { zipReader } from './zip';
export { compressedReaders, unreadReaders } from './compressed';
export { numpyReader } from './numpy';
export { tarReader } from './tar';
export { brokenSafetensorsReader, safetensorsReader } from './safetensors';
export { brokenGgufReader, ggufReader, oldGgmlReader } from './gguf';
