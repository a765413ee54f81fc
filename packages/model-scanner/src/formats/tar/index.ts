export { tarReader } from './tarReader';
