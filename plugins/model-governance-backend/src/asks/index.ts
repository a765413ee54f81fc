export * from './AskService';
export * from './AskStore';
export * from './GatewayAsks';
export * from './askRules';
export * from './createAsksRoom';
