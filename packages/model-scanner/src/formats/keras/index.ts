export { hdf5Reader } from './hdf5/hdf5Reader';
