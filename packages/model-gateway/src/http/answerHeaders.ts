import type { SnapshotGrant } from '@modelhub/governance-protocol';
import type { Admission } from '../pipeline';

/** Header values are ASCII. */
const encode = (text: string) => text.replace(/[^ -~]/gu, encodeURIComponent);

/** Grants come with a snapshot and do not change. */
const known = new WeakMap<SnapshotGrant, readonly string[]>();

function grantHeaders(grant: SnapshotGrant): readonly string[] {
  let headers = known.get(grant);
  if (!headers) {
    headers = [
      'x-modelhub-model',
      encode(`${grant.gatewayId}@${grant.version}`),
      'x-modelhub-approval',
      encode(grant.id),
    ];
    known.set(grant, headers);
  }
  return headers;
}

/**
 * What the headers of an answer say about the model and its approval, names and
 * values in turn.
 */
export function answerHeaders(
  { grant, model, uncovered, endpoint }: Admission,
  mode: string,
): readonly string[] {
  const headers = grant ? grantHeaders(grant) : [];
  if (!uncovered && model?.lifecycle !== 'deprecated' && !endpoint) {
    return headers;
  }
  const more = [...headers];
  if (endpoint) {
    more.push('x-modelhub-endpoint', endpoint);
  }
  if (uncovered && mode === 'warn') {
    more.push(
      'x-modelhub-warning',
      encode(
        `not approved (${uncovered.code}); this call will be refused once the profile is enforced`,
      ),
    );
  }
  if (model?.lifecycle === 'deprecated') {
    more.push('deprecation', 'true');
    if (model.sunset) {
      more.push('sunset', new Date(model.sunset).toUTCString());
    }
    if (model.successor) {
      more.push(
        'link',
        `</v1/models/${encodeURIComponent(
          model.successor,
        )}>; rel="successor-version"`,
      );
    }
  }
  return more;
}
