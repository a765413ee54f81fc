import { CodeSnippet } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import type { IssuedEvidenceToken } from '@modelhub/backstage-plugin-models-common';
import { ShownOnce } from '../shared/ShownOnce';
import { evidenceSnippets } from './snippets';

/** A new token, once, with what to do with it. */
export function TokenShown(props: {
  issued: IssuedEvidenceToken;
  onClose: () => void;
}) {
  const { issued, onClose } = props;
  if (!issued.token) return null;
  return (
    <ShownOnce
      title={`Evidence token “${issued.name}”`}
      label="Evidence token"
      secret={issued.token}
      onClose={onClose}
    >
      <Typography variant="body2" paragraph>
        Put it into the secrets of the pipeline as MODELHUB_EVIDENCE_TOKEN.
      </Typography>
      {evidenceSnippets(issued.gates[0]).map(snippet => (
        <div key={snippet.title}>
          <Typography variant="subtitle2" component="h3">
            {snippet.title}
          </Typography>
          <CodeSnippet
            text={snippet.text}
            language={snippet.language}
            showCopyCodeButton
            wrapLongLines
          />
        </div>
      ))}
    </ShownOnce>
  );
}
