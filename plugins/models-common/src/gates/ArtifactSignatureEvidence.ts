/**
 * Id of the gate that verifies signatures of artifacts.
 *
 * @public
 */
export const ARTIFACT_SIGNATURE_GATE = 'artifact-signature';

/**
 * Whose signature it is, once that is certain.
 *
 * @public
 */
export type ArtifactSigner = {
  /** A key, a certificate of an authority of one's own, or an identity that Sigstore vouches for. */
  kind: 'key' | 'certificate' | 'identity';
  /** Under which the portal trusts it. */
  name: string;
  /** SHA-256 of the public key, hex. */
  keyFingerprint: string;
  /** Of the certificate; of an identity the address or workflow. */
  subject?: string;
  /** Of the certificate; of an identity who confirmed it. */
  issuer?: string;
  /** ISO 8601. */
  validFrom?: string;
  validTo?: string;
};

/**
 * How a file stands to what was signed.
 *
 * @public
 */
export type SignedFileStanding =
  | 'matches'
  | 'differs'
  | 'missing'
  | 'unsigned'
  | 'ignored';

/**
 * What the gate `artifact-signature` leaves as evidence.
 *
 * @public
 */
export type ArtifactSignatureEvidence = {
  kind: 'artifact-signature';
  uri: string;
  /** With the commit or digest that was read. */
  pinnedUri?: string;
  /** Of the artifact, `sha256:…`. */
  digest?: string;
  /** Absent where nothing is signed. */
  signature?: {
    format: 'openssf-model-signing' | 'cosign';
    /** The file, or the tag or manifest in a registry. */
    from: string;
    /** SHA-256 of the signature as it was read, hex. */
    sha256: string;
    /** Absent where nobody knows whose it is. */
    signer?: ArtifactSigner;
    /** ISO 8601; absent where nobody who is trusted says when. */
    signedAt?: string;
    signedAtBy?: 'transparency-log' | 'timestamp-authority';
    /** Entry in the transparency log. */
    logIndex?: string;
    /** As the signer calls the model. */
    modelName?: string;
  };
  /** Everything is in order. */
  verified: boolean;
  counts: Record<SignedFileStanding, number>;
  /** What is wrong first, at most 500. */
  files: Array<{
    path: string;
    standing: SignedFileStanding;
    /** Digest with its algorithm, as it was signed. */
    signed?: string;
    /** As it is. */
    found?: string;
  }>;
  moreFiles: number;
  /** Names of those whose signatures the policy takes. */
  trusted: string[];
};
