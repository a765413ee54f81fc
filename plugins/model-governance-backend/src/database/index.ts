export * from './migrationsDirectory';
export * from './Job';
