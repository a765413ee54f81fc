export { CallerServer } from './CallerServer';
