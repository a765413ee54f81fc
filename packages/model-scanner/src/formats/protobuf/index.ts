export { WIRE, WireError, WireReader } from './WireReader';
export type { Field } from './WireReader';
