export { Portal, PortalError, type Answer } from './Portal';
export { sendCalls, type GatewayIdentity, type Sent } from './sendCalls';
export { fillPortal } from './fillPortal';
export { runDemoYear } from './runDemoYear';
export { YearFolder, type YearSize, type YearState } from './YearFolder';
