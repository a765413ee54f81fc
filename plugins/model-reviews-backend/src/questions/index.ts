export * from './QuestionService';
