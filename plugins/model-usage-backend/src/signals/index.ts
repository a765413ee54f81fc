export * from './ChangeSignal';
