export { pickleReader, oldPickleReader } from './pickle';
export { zipReader } from './zip';
