export { brokenGgufReader, ggufReader, oldGgmlReader } from './ggufReader';
