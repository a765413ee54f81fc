export * from './ActionDialog';
export * from './ChoiceField';
export * from './useFieldStyles';
export * from './useSubmission';
