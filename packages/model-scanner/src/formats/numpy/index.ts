export { numpyReader } from './numpyReader';
