export * from './ControlPlaneLooks';
export * from './createObjectives';
export * from './DefaultObjectives';
export * from './ObjectiveService';
export * from './ObjectivesWatch';
