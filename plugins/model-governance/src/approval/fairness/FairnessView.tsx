import type { FairnessEvidence } from '@modelhub/backstage-plugin-models-common';
import { ResultsCountFor } from '../evaluation/EvaluationView';
import { PackView } from '../evaluation/PackView';
import { Attribute } from './Attribute';

/** How differently groups are treated, and how far they may be apart. */
export function FairnessView({ evidence }: { evidence: FairnessEvidence }) {
  return (
    <>
      {evidence.packs.map(standing => (
        <PackView key={standing.pack.entityRef} standing={standing}>
          {standing.attributes.map(attribute => (
            <Attribute key={attribute.attribute} attribute={attribute} />
          ))}
        </PackView>
      ))}
      <ResultsCountFor days={evidence.maxAgeDays} />
    </>
  );
}
