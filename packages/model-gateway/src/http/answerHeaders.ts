import type { Admission } from '../allowlist/Gatekeeper';

/** Header values are ASCII. */
const encode = (text: string) => text.replace(/[^ -~]/gu, encodeURIComponent);

/** What the headers of an answer say about the model and its approval. */
export function answerHeaders(
  { gatewayId, grant, model, uncovered }: Admission,
  mode: string,
): Record<string, string> {
  const headers: Record<string, string> = {};
  if (grant) {
    headers['x-modelhub-model'] = encode(`${gatewayId}@${grant.version}`);
    headers['x-modelhub-approval'] = encode(grant.id);
  }
  if (uncovered && mode === 'warn') {
    headers['x-modelhub-warning'] = encode(
      `not approved (${uncovered.code}); this call will be refused once the profile is enforced`,
    );
  }
  if (model?.lifecycle === 'deprecated') {
    headers.deprecation = 'true';
    if (model.sunset) {
      headers.sunset = new Date(model.sunset).toUTCString();
    }
    if (model.successor) {
      headers.link = `</v1/models/${encodeURIComponent(
        model.successor,
      )}>; rel="successor-version"`;
    }
  }
  return headers;
}
