import type {
  ArtifactScanEvidence,
  GateResult,
} from '@modelhub/backstage-plugin-models-common';

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `1.5 GiB`. */
export function sizeText(bytes: number): string {
  let unit = 0;
  let size = bytes;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  const figure = unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1);
  return `${figure} ${unit === 0 && size === 1 ? 'byte' : units[unit]}`;
}

export const filesText = (count: number) =>
  `${count} ${count === 1 ? 'file' : 'files'}`;

/** The evidence of a scan, where the gate left such a thing. */
export function scanEvidenceOf({
  evidence,
}: GateResult): ArtifactScanEvidence | undefined {
  const found = evidence as Partial<ArtifactScanEvidence> | undefined;
  return found?.kind === 'artifact-scan'
    ? (found as ArtifactScanEvidence)
    : undefined;
}

const kinds: Record<string, string> = {
  'bom.cdx.json': 'ML-BOM (CycloneDX)',
  'scan.sarif': 'SARIF',
  'scan.json': 'JSON report',
  'signature.sigstore.json': 'Signature (Sigstore bundle)',
};

/** What a document of a gate is for people. */
export const kindOfFile = (name: string) => kinds[name] ?? name;
