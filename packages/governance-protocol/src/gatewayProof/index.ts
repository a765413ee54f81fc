export {
  GATEWAY_PROOF_AUDIENCE,
  createGatewayProof,
  readGatewayProofIssuer,
  verifyGatewayProof,
} from './gatewayProof';
export type {
  GatewayProofClaims,
  GatewayProofVerification,
} from './gatewayProof';
