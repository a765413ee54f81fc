import { EmptyHint } from '@modelhub/backstage-plugin-models-react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { useReviewCaller } from '../lib/useReviewCaller';
import { useUserRef } from '../lib/draft';
import { ModerationPage } from '../moderation/ModerationPage';
import { QuestionsSection } from '../questions/QuestionsSection';
import { TipsSection } from '../tips/TipsSection';
import { NewestPage } from './NewestPage';
import { ReviewsTitle } from './ReviewsTitle';

/** Every view under the page. */
export function ReviewsRoutes() {
  const user = useUserRef();
  const caller = useReviewCaller();
  return (
    <Routes>
      <Route index element={<Navigate to="newest" replace />} />
      <Route path="newest" element={<NewestPage />} />
      <Route
        path="tips"
        element={
          <>
            <ReviewsTitle title="Tips" />
            <TipsSection user={user} />
          </>
        }
      />
      <Route
        path="questions"
        element={
          <>
            <ReviewsTitle title="Questions" />
            <QuestionsSection user={user} standing={caller.value} />
          </>
        }
      />
      <Route path="moderation" element={<ModerationPage />} />
      <Route
        path="*"
        element={
          <>
            <ReviewsTitle title="No such page" />
            <EmptyHint
              title="There is no such page"
              description="Choose one of the tabs above."
            />
          </>
        }
      />
    </Routes>
  );
}
