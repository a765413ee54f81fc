export { Safeguards } from './Safeguards';
export { createGuardRailsStage } from './createGuardRailsStage';
export { ControlPlaneAsks } from './AskDesk';
export type {
  AskDesk,
  AskOutcome,
  AskRequest,
  ControlPlaneLink,
} from './AskDesk';
