import {
  modelCardsPermissions,
  modelGovernancePermissions,
  modelReviewsPermissions,
  modelServingPermissions,
  modelUsagePermissions,
} from '@modelhub/backstage-plugin-models-common';
import { isAllowed } from './rules';

const group = (name: string) => [
  'user:default/somebody',
  `group:default/${name}`,
];

describe('isAllowed', () => {
  it.each([
    ['model.suspend', 'security', true],
    ['model.suspend', 'customer-care', false],
    ['model.break-glass', 'incident-response', true],
    ['model.break-glass', 'modelhub-admins', false],
    ['model.break-glass.review', 'incident-response', false],
    ['model.passkey.invite', 'modelhub-admins', true],
    ['model.gateway.manage', 'ml-platform', true],
    ['model.gateway.manage', 'security', false],
    ['model.policy.propose', 'ml-platform', true],
    ['model.policy.propose', 'customer-care', false],
    ['model.policy.activate', 'security', true],
    ['model.policy.activate', 'ml-platform', false],
    ['model.approval.create', 'customer-care', true],
    ['model.evaluation.run', 'customer-care', true],
    ['model.evaluation.read-content', 'risk', true],
    ['model.evaluation.read-content', 'customer-care', false],
    ['model.review.create', 'customer-care', true],
    ['model.review.moderate', 'model-stewards', true],
    ['model.review.moderate', 'customer-care', false],
    ['model.review.erase', 'model-stewards', false],
    ['model.not.invented.yet', 'modelhub-admins', false],
    ['catalog.entity.read', 'customer-care', true],
  ])('%s for %s: %s', (permission, name, expected) => {
    expect(isAllowed(permission, group(name))).toBe(expected);
  });

  it('does not take a group of another namespace for the role', () => {
    expect(isAllowed('model.suspend', ['group:evil/security'])).toBe(false);
    expect(isAllowed('model.suspend', ['user:default/security'])).toBe(false);
  });

  it('knows every permission of Model Hub', () => {
    const all = [
      'incident-response',
      'legal',
      'ml-platform',
      'model-stewards',
      'modelhub-admins',
      'risk',
      'security',
    ].flatMap(group);
    const refused = [
      ...modelGovernancePermissions,
      ...modelCardsPermissions,
      ...modelReviewsPermissions,
      ...modelServingPermissions,
      ...modelUsagePermissions,
    ]
      .map(({ name }) => name)
      .filter(name => !isAllowed(name, all));
    expect(refused).toEqual([]);
  });
});
