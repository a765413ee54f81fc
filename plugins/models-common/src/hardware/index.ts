export * from './fit';
export * from './gpus';
export * from './hardwareFacts';
export * from './memory';
export * from './weightFormats';
