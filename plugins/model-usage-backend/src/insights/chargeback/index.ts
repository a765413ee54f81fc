export * from './ChargebackService';
export * from './columns';
export * from './csv';
