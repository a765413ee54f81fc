import type { Finding } from '@modelhub/backstage-plugin-models-common';

/** Why a signature does not count, as a finding. */
export class SignatureProblem extends Error {
  readonly finding: Finding;

  constructor(
    id: string,
    message: string,
    howToFix: string,
    severity: Finding['severity'] = 'high',
  ) {
    super(message);
    this.name = 'SignatureProblem';
    this.finding = { id, severity, message, howToFix };
  }
}

/** What could be told only by somebody who does not answer now. */
export class TrustUnavailable extends Error {}
