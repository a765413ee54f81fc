import type { GateOutcome } from '@modelhub/backstage-plugin-models-node';
import type { ScanOutcome } from './ScanResult';
import { clean } from './summarise';

/** Nobody would answer another attempt differently. */
export const cannotRun = (summary: string): GateOutcome => ({
  verdict: 'error',
  isFinal: true,
  summary: clean(summary, 1000),
  findings: [],
});

const advice: Record<string, string> = {
  'not-allowed':
    'An administrator adds the host to modelGovernance.artifacts.allowedHosts (and to privateHosts or plainHosts where it is meant); then run this check again.',
  unauthorised:
    'An administrator gives the portal access, for example modelGovernance.artifacts.huggingFace.token; then run this check again.',
  'not-found':
    "Put the artifact's address in the model's YAML right, withdraw this request and ask again.",
  invalid:
    "Put the artifact's address in the model's YAML right, withdraw this request and ask again.",
  unavailable:
    'Look whether the portal reaches the host; then run this check again.',
  changed:
    'Somebody writes to the artifact; run this check again when it stays as it is.',
  'too-large': 'The artifact is beyond what the portal scans.',
};

/** What people read where an artifact could not be judged, and what they do. */
export function notScanned(
  outcome: Exclude<ScanOutcome, { type: 'scanned' }>,
): GateOutcome {
  if (outcome.type === 'exhausted') {
    return cannotRun(
      `The artifact could not be judged: ${outcome.message}. Ask the publisher for safetensors; or an administrator raises modelGovernance.artifacts.memoryMiB or timeoutMinutes, and this check runs again.`,
    );
  }
  const { reason, message, isTransient } = outcome;
  const summary = `The artifact could not be read: ${message}. ${
    advice[reason] ?? 'Look at the address of the artifact.'
  }`;
  return isTransient
    ? { verdict: 'error', summary: clean(summary, 1000), findings: [] }
    : cannotRun(summary);
}
