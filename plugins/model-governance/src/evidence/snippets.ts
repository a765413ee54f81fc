/** How a pipeline sends evidence, ready to paste. */
export interface Snippet {
  title: string;
  language: string;
  text: string;
}

/** What measures for a gate; others bring results of their own. */
const measuring = (gateId: string) =>
  gateId === 'performance-sla'
    ? 'modelhub evaluate performance --endpoint "$ENDPOINT" --model "$MODEL" --output results.json'
    : 'lm_eval --tasks … --output_path results.json   # or promptfoo, or a tool of your own';

/** Ready-to-paste steps; the token is in `MODELHUB_EVIDENCE_TOKEN`. */
export function evidenceSnippets(gateId: string): Snippet[] {
  const upload = `modelhub evidence upload results.json --gate ${gateId}`;
  return [
    {
      title: 'Shell',
      language: 'bash',
      text: `export MODELHUB_EVIDENCE_TOKEN=…   # the token, shown once
${measuring(gateId)}
${upload}`,
    },
    {
      title: 'GitHub Actions',
      language: 'yaml',
      text: `- run: ${upload}
  env:
    MODELHUB_EVIDENCE_TOKEN: \${{ secrets.MODELHUB_EVIDENCE_TOKEN }}`,
    },
    {
      title: 'GitLab',
      language: 'yaml',
      text: `evidence:
  script:
    - ${upload}   # MODELHUB_EVIDENCE_TOKEN is a masked variable`,
    },
  ];
}
