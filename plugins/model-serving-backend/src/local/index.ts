export { createLocalEngine } from './createLocalEngine';
export { LocalEngine } from './LocalEngine';
