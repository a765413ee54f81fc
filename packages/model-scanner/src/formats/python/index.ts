export { bytecodeReader, pythonReader } from './pythonReader';
