export * from './TipService';
