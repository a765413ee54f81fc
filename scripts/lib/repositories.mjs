import fs from 'node:fs';
import path from 'node:path';

/**
 * The folder in which the demo's templates make repositories. The catalog
 * reads a list in it, so that what a template made appears by itself.
 */
export function repositories(data) {
  const folder = path.join(data, 'repositories');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(
    path.join(folder, 'all.yaml'),
    // JSON is YAML.
    JSON.stringify(
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Location',
        metadata: {
          name: 'repositories',
          description: 'What was made from templates.',
        },
        spec: {
          type: 'file',
          // There is none at first.
          presence: 'optional',
          targets: ['./*/catalog-info.yaml'],
        },
      },
      undefined,
      2,
    ),
  );
  return folder;
}
