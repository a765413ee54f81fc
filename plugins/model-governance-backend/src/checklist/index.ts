export { ChecklistService, type ChecklistQuery } from './ChecklistService';
