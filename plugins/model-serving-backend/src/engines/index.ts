export * from './EngineDesk';
export * from './EngineList';
