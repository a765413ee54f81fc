export * from './EngineDesk';
