export * from './cursor';
export * from './database';
export * from './TextIndex';
