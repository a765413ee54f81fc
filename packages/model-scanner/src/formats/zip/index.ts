export { zipReader } from './zipReader';
