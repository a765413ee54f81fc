export * from './DataTable';
export * from './Pager';
export * from './usePages';
