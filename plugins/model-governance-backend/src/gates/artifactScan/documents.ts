import type { ModelEntityV1alpha1 } from '@modelhub/backstage-plugin-models-common';
import type { GateFile } from '@modelhub/backstage-plugin-models-node';
import { toCycloneDx, toSarif, type ArtifactReport } from '@modelhub/scanner';
import { MAX_FILE_BYTES } from '../EvidenceStore';
import { scannerVersion } from './scannerVersion';

const REPORT = 'scan.json';

const file = (name: string, mediaType: string, content: object): GateFile => ({
  name,
  mediaType,
  text: JSON.stringify(content, undefined, 2),
});

/** The reports on bytes, and the names of those that are too large to be filed. */
export function documentsOf(report: ArtifactReport): {
  documents: GateFile[];
  omitted: string[];
} {
  const made = [
    file(REPORT, 'application/json', report),
    file(
      'scan.sarif',
      'application/sarif+json',
      toSarif([report], { version: scannerVersion }),
    ),
  ];
  const fits = ({ text }: GateFile) =>
    Buffer.byteLength(text) <= MAX_FILE_BYTES;
  return {
    documents: made.filter(fits),
    omitted: made.filter(it => !fits(it)).map(({ name }) => name),
  };
}

/**
 * The bill of materials of a version, from the report on its bytes and what the
 * catalog says of the model; none where the report was too large to be filed.
 */
export function billOfMaterials(
  documents: GateFile[],
  options: {
    entity: ModelEntityV1alpha1;
    version: string;
    /** ISO 8601. */
    scannedAt: string;
  },
): GateFile[] {
  const report = documents.find(({ name }) => name === REPORT);
  if (!report) return [];
  const { metadata, spec } = options.entity;
  const { license, useCases, limitations, tasks, modalities } = spec;
  const bom = toCycloneDx([JSON.parse(report.text) as ArtifactReport], {
    version: scannerVersion,
    at: new Date(options.scannedAt),
    subjects: [
      {
        name: metadata.title ?? metadata.name,
        version: options.version,
        description: metadata.description,
        publisher: spec.provider,
        ...(license && {
          // Ids of licences are not all SPDX's, whose case counts there.
          licences: [{ name: license.name ?? license.id, url: license.url }],
        }),
        modelCard: {
          modelParameters: {
            ...(tasks?.[0] && { task: tasks[0] }),
            inputs: (modalities?.input ?? []).map(format => ({ format })),
            outputs: (modalities?.output ?? []).map(format => ({ format })),
          },
          considerations: {
            useCases: useCases?.intended ?? [],
            technicalLimitations: limitations ?? [],
          },
        },
      },
    ],
  });
  return [file('bom.cdx.json', 'application/vnd.cyclonedx+json', bom)];
}
