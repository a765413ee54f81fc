export { jsonReader, yamlReader } from './configReaders';
