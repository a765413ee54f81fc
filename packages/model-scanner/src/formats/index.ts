export { pickleReader, oldPickleReader } from './pickle';
