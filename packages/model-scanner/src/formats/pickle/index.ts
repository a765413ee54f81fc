export { oldPickleReader, pickleReader } from './pickleReader';
