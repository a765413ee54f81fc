export {
  artifactSignatureGate,
  artifactSignatureRules,
} from './artifactSignatureGate';
export { readTrust } from './readTrust';
