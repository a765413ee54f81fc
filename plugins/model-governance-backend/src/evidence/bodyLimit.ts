import { MAX_EVIDENCE_BYTES } from '@modelhub/governance-protocol';

/** Of a request body with an envelope: white space is not counted against the sender. */
export const MAX_BODY_BYTES = MAX_EVIDENCE_BYTES * 2;
